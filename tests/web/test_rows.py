"""Rows that are added and taken away by the server, for browsers without script."""

from litestar.datastructures import FormMultiDict

from matchmaker.web.forms import Form


def submitted(**fields: str) -> Form:
    return Form.submitted(FormMultiDict([(name.replace("__", "."), text) for name, text in fields.items()]))


def test_the_row_that_was_pointed_at_goes_though_an_empty_one_stands_before_it() -> None:
    form = submitted(needs__0__title="", needs__1__title="one", needs__2__title="two", remove="needs.1")
    assert form.reshaped("needs")
    assert [form.value(f"needs.{i}.title") for i in range(form.rows("needs"))] == ["two"]


def test_a_row_is_added_behind_the_empty_one_that_the_page_shows() -> None:
    form = submitted(needs__0__title="", add="needs")
    assert form.reshaped("needs")
    assert form.rows("needs") == 2


def test_a_row_is_added_behind_written_ones() -> None:
    form = submitted(needs__0__title="one", needs__3__title="two", add="needs")
    assert form.reshaped("needs")
    assert [form.value(f"needs.{i}.title") for i in range(form.rows("needs"))] == ["one", "two", ""]


def test_no_button_no_change() -> None:
    assert not submitted(needs__0__title="one", add="somewhere").reshaped("needs")
