"""What the codes of the legal routes are called, and the questions that lead to them. Read through labels.py."""

from enum import StrEnum

from matchmaker.i18n import mark as _
from models.vocabulary import ApbdShare, AssetUse, MoneyFlow, PaperKind, PartyAbroad, Route

ROUTE_LABELS: dict[type[StrEnum], dict[str, str]] = {
    MoneyFlow: {
        MoneyFlow.region_pays: _("The region pays the partner for goods or services"),
        MoneyFlow.partner_brings: _("The partner pays, or brings money, goods or work"),
        MoneyFlow.nothing: _("No money moves"),
        MoneyFlow.own_costs: _("Each side bears its own costs"),
        MoneyFlow.shared: _("Both sides pay into one thing"),
        MoneyFlow.invests: _("The partner builds public infrastructure and earns it back"),
        MoneyFlow.unknown: _("Not known yet"),
    },
    ApbdShare: {
        ApbdShare.none: _("No, the APBD bears nothing"),
        ApbdShare.budgeted: _("Yes, and it is in this year's budget"),
        ApbdShare.not_budgeted: _("Yes, but it is not in this year's budget"),
        ApbdShare.unknown: _("Not known yet"),
    },
    AssetUse: {
        AssetUse.none: _("No"),
        AssetUse.part: _("Yes, beside the cooperation"),
        AssetUse.main: _("Yes, that is the heart of the plan"),
        AssetUse.unknown: _("Not known yet"),
    },
    PartyAbroad: {
        PartyAbroad.none: _("No, all parties are in Indonesia"),
        PartyAbroad.region: _("Yes, a regional government abroad"),
        PartyAbroad.body: _("Yes, an institution or company abroad"),
    },
    Route: {
        Route.ksdpk: _("Cooperation with a third party (KSDPK)"),
        Route.sinergi: _("Synergy"),
        Route.ksdd: _("Cooperation between regions (KSDD)"),
        Route.ksdpl: _("Cooperation with a regional government abroad (KSDPL)"),
        Route.ksdll: _("Cooperation with an institution abroad (KSDLL)"),
        Route.procurement: _("Procurement"),
        Route.asset_use: _("Use of a regional asset"),
        Route.ppp: _("Public-private partnership (KPBU)"),
    },
    PaperKind: {
        PaperKind.offer_letter: _("Letter of offer"),
        PaperKind.kak: _("Terms of reference (KAK)"),
        PaperKind.feasibility_study: _("Feasibility study (skeleton)"),
        PaperKind.kb: _("Joint agreement (KB)"),
        PaperKind.nota_kesepakatan: _("Nota Kesepakatan with work plan"),
        PaperKind.pks: _("Cooperation agreement (PKS)"),
        PaperKind.letter_of_intent: _("Letter of intent, in two languages"),
        PaperKind.mou: _("Draft memorandum of understanding, in two languages"),
    },
}

#: The questions whose answers lead to a legal route, in their order.
ROUTE_QUESTIONS = {
    "legal_form": _("What is the partner's legal form?"),
    "money_flow": _("Which way does the money flow?"),
    "apbd": _("Does the regional budget (APBD) pay any of it?"),
    "asset_use": _("Is a regional asset used?"),
    "abroad": _("Is a party abroad?"),
}
# What an answer means, where its name alone leaves doubt.
MEANINGS: dict[StrEnum, str] = {
    MoneyFlow.region_pays: _("A product, a licence, a consultant's work: whatever leaves the APBD as a price."),
    MoneyFlow.partner_brings: _(
        "For example social responsibility, a grant for research, or a service without charge."
    ),
    MoneyFlow.own_costs: _("Staff, travel and equipment of each side come from its own budget."),
    MoneyFlow.shared: _("For example the region builds the site and the partner brings the machine."),
    MoneyFlow.invests: _("From what users pay, or from the region's yearly payments, over many years."),
    AssetUse.part: _("The partner works in a building or on land of the region while it cooperates."),
    AssetUse.main: _("Without the land, building or equipment of the region there would be nothing to agree."),
    PartyAbroad.body: _("An Indonesian company with foreign capital (PT PMA) is not abroad."),
}

#: Who can supply what a paper lacks, by the codes of ``papers.structure.Supplier``.
SUPPLIERS: dict[str, str] = {
    "region_office": _("The region's office in charge"),
    "region_cooperation": _("The region's cooperation section or legal office"),
    "partner": _("The partner"),
    "both": _("Both sides together, in the terms"),
}
