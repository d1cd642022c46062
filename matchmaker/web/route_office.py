"""The tables behind the route finder, as the programme office keeps them, with who changed what and when."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts
from matchmaker.actions import route_rules
from matchmaker.actions import routes as actions
from matchmaker.errors import NotFound
from matchmaker.i18n import gettext as _
from matchmaker.i18n import language
from matchmaker.inputs.route import GuideInput, NewRuleInput, RuleInput, VariantInput
from matchmaker.labels import names, options
from matchmaker.reading.routes import ChangeRow, list_changes, tables
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go
from models import RouteGuide, RouteRule
from models.vocabulary import ApbdShare, AssetUse, LegalForm, MoneyFlow, PaperKind, PartyAbroad, Route

#: The two tables by their name in an address.
KINDS: dict[str, type[RouteGuide] | type[RouteRule]] = {"panduan": RouteGuide, "aturan": RouteRule}
_VOCABULARIES = {
    "legal_forms": LegalForm,
    "money": MoneyFlow,
    "apbd": ApbdShare,
    "asset": AssetUse,
    "abroad": PartyAbroad,
    "routes": Route,
    "papers": PaperKind,
}


@dataclass(kw_only=True)
class TablesPage(Page):
    """``names``: what codes are called, by the column that holds them."""

    template: ClassVar[str] = "routes/tables.html"
    guides: list[RouteGuide]
    rules: list[RouteRule]
    changes: list[ChangeRow]
    names: dict[str, dict[str, str]]
    regions: dict[str, str]


@dataclass(kw_only=True)
class RowPage(Page):
    """``kind``: the table, by its name in the address; ``options``: (code, name) by column."""

    template: ClassVar[str] = "routes/row.html"
    kind: str
    row: RouteGuide | RouteRule
    title: str
    region_name: str
    options: dict[str, list[tuple[str, str]]]
    regions: list[tuple[str, str]]
    form: Form
    variant: Form


@dataclass(kw_only=True)
class NewRulePage(Page):
    """``decides``: it is to name a route, and no remark; ``places``: rows that it can stand in front of."""

    template: ClassVar[str] = "routes/new_rule.html"
    decides: bool
    places: list[tuple[str, str]]
    options: dict[str, list[tuple[str, str]]]
    form: Form


@get("/pengelola/jalur")
async def tables_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.office(visit.viewer)
    guides, rules = await tables(visit.session)
    page = TablesPage(
        guides=guides,
        rules=rules,
        changes=await list_changes(visit.session),
        names=names(**_VOCABULARIES),
        regions=facts.regions(),
    )
    return visit.show(page)


async def _row(visit: Visit, kind: str, row_id: int) -> RouteGuide | RouteRule:
    access.office(visit.viewer)
    if kind not in KINDS:
        raise NotFound
    return await actions.route_row_to_edit(visit.session, visit.viewer, KINDS[kind], row_id)


@get("/pengelola/jalur/{kind:str}/{row_id:int}")
async def row_page(visit: NamedDependency[Visit], kind: FromPath[str], row_id: FromPath[int]) -> Response[str]:
    row = await _row(visit, kind, row_id)
    return _show(visit, kind, row, Form.of(row.model_dump()), Form())


def _title(row: RouteGuide | RouteRule) -> str:
    if isinstance(row, RouteGuide):
        return names(routes=Route)["routes"].get(row.code, row.code)
    return _("Condition of a route") if row.decides else _("Remark beside the route")


def _show(visit: Visit, kind: str, row: RouteGuide | RouteRule, form: Form, variant: Form) -> Response[str]:
    page = RowPage(
        kind=kind,
        row=row,
        title=_title(row),
        region_name=facts.regions().get(row.region_code or "", ""),
        options=_options(),
        regions=list(facts.self_governing_regions().items()),
        form=form,
        variant=variant,
    )
    return visit.show(page, 422 if form.errors or variant.errors else 200)


@post("/pengelola/jalur/{kind:str}/{row_id:int}", status_code=200)
async def save_row(visit: NamedDependency[Visit], kind: FromPath[str], row_id: FromPath[int]) -> Answer:
    row = await _row(visit, kind, row_id)
    form = await visit.form()

    async def save() -> bool:
        given = form.read(GuideInput) if isinstance(row, RouteGuide) else form.read(RuleInput)
        await actions.edit_route_row(visit.session, visit.viewer, row, given)
        return True

    if await visit.attempt(form, save):
        return go("/pengelola/jalur", "saved")
    # What was tried is undone. Whoever was told of another's change saves knowing it.
    await visit.session.refresh(row)
    if form.conflict:
        form.set("version", str(row.version))
    return _show(visit, kind, row, form, Form())


@post("/pengelola/jalur/{kind:str}/{row_id:int}/varian", status_code=200)
async def add_variant(visit: NamedDependency[Visit], kind: FromPath[str], row_id: FromPath[int]) -> Answer:
    row = await _row(visit, kind, row_id)
    form = await visit.form()
    made = await visit.attempt(
        form,
        lambda: actions.add_variant(visit.session, visit.viewer, row, form.read(VariantInput).region_code),
    )
    if made is None:
        await visit.session.refresh(row)
        return _show(visit, kind, row, Form.of(row.model_dump()), form)
    return go(f"/pengelola/jalur/{kind}/{made.id}", "variant")


@post("/pengelola/jalur/{kind:str}/{row_id:int}/hapus", status_code=200)
async def remove_row(visit: NamedDependency[Visit], kind: FromPath[str], row_id: FromPath[int]) -> Answer:
    row = await _row(visit, kind, row_id)
    form, variant = Form.of(row.model_dump()), row.region_code is not None

    async def remove() -> bool:
        await actions.remove_row(visit.session, visit.viewer, row)
        return True

    if not await visit.attempt(form, remove):
        return _show(visit, kind, await _row(visit, kind, row_id), form, Form())
    return go("/pengelola/jalur", "removed" if variant else "row_removed")


@get("/pengelola/jalur/{kind:str}/baru")
async def new_rule_page(visit: NamedDependency[Visit], kind: FromPath[str]) -> Response[str]:
    decides = visit.request.query_params.get("jenis") != "catatan"
    return await _show_new(visit, kind, Form.of({"decides": decides}))


async def _show_new(visit: Visit, kind: str, form: Form) -> Response[str]:
    _check_rules(visit, kind)
    decides = bool(form.value("decides"))
    _guides, rules = await tables(visit.session)
    page = NewRulePage(
        decides=decides,
        places=[
            (str(rule.id), rule.reason_id if language() == "id" else rule.reason_en)
            for rule in rules
            if rule.decides == decides and rule.region_code is None
        ],
        options=_options(),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


@post("/pengelola/jalur/{kind:str}/baru", status_code=200)
async def add_rule(visit: NamedDependency[Visit], kind: FromPath[str]) -> Answer:
    _check_rules(visit, kind)
    form = await visit.form()
    made = await visit.attempt(
        form, lambda: route_rules.add_rule(visit.session, visit.viewer, form.read(NewRuleInput))
    )
    return go("/pengelola/jalur", "row_added") if made else await _show_new(visit, kind, form)


@post("/pengelola/jalur/{kind:str}/{row_id:int}/geser", status_code=200)
async def move_rule(visit: NamedDependency[Visit], kind: FromPath[str], row_id: FromPath[int]) -> Answer:
    row = await _row(visit, kind, row_id)
    if not isinstance(row, RouteRule):
        raise NotFound
    form = await visit.form()
    await route_rules.move_rule(visit.session, visit.viewer, row, up=form.value("then") == "up")
    return go(f"/pengelola/jalur#aturan-{row_id}")


def _check_rules(visit: Visit, kind: str) -> None:
    """Of the two tables one has rows that come and go; the other has one for each route."""
    access.office(visit.viewer)
    if KINDS.get(kind) is not RouteRule:
        raise NotFound


def _options() -> dict[str, list[tuple[str, str]]]:
    return {column: options(vocabulary) for column, vocabulary in _VOCABULARIES.items()}


HANDLERS = [tables_page, row_page, save_row, add_variant, remove_row, new_rule_page, add_rule, move_rule]
