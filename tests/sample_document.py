"""A document with everything in it, about the made-up country Eksempelland.

The figures are invented, and so are the places and the agency.
"""

# ruff: noqa: E501  (sentences in three languages are easier to compare whole)

from __future__ import annotations

import datetime as dt
from functools import cache

from tyngdepunkt.documents import charts
from tyngdepunkt.documents.document import (
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Picture,
    Section,
    Sheet,
    Table,
    Terms,
)
from tyngdepunkt.documents.map import MapPoint, overview_map
from tyngdepunkt.figures import Source

PLACES = ("Fjordby", "Nordvik", "Storhavn", "Ytre Sund", "Nullalternativet: bli i Hovedstad")
SCORES = (
    (72.0, 81.0, 64.0, 58.0, 40.0),
    (55.0, 88.0, 47.0, 71.0, None),
    (91.0, 22.0, 69.0, 34.0, 35.0),
    (38.0, 93.0, 52.0, 77.0, 60.0),
    (100.0, 0.0, 88.0, None, 10.0),
)
SHARES = (
    (0.58, 0.24, 0.11, 0.05, 0.02),
    (0.12, 0.31, 0.30, 0.19, 0.08),
    (0.17, 0.16, 0.21, 0.33, 0.13),
    (0.08, 0.22, 0.27, 0.26, 0.17),
    (0.05, 0.07, 0.11, 0.17, 0.60),
)

WORDS: dict[str, dict[str, str]] = {
    "title": {
        "nb": "Hvor bør Eksempeldirektoratet ligge?",
        "nn": "Kvar bør Eksempeldirektoratet liggje?",
        "en": "Where should the Example Directorate be?",
    },
    "subtitle": {
        "nb": "Lokaliseringsvurdering etter retningslinjene av 12. august 2022",
        "nn": "Lokaliseringsvurdering etter retningslinene av 12. august 2022",
        "en": "Location assessment under the guidelines of 12 August 2022",
    },
    "author": {"nb": "Eksempeldepartementet", "nn": "Eksempeldepartementet", "en": "The Example Ministry"},
    "date": {"nb": "1. juni 2023", "nn": "1. juni 2023", "en": "1 June 2023"},
    "c1": {"nb": "Virksomhetens vilkår", "nn": "Vilkåra for verksemda", "en": "Conditions for the agency"},
    "c2": {
        "nb": "Lokaliseringspolitiske hensyn",
        "nn": "Lokaliseringspolitiske omsyn",
        "en": "Location policy",
    },
    "c3": {"nb": "Kostnadseffektivitet", "nn": "Kostnadseffektivitet", "en": "Cost-effectiveness"},
    "c4": {"nb": "Arbeidsmarkedet", "nn": "Arbeidsmarknaden", "en": "The labour market"},
    "c5": {"nb": "Avbøtende tiltak", "nn": "Avbøtande tiltak", "en": "Mitigating measures"},
    "summary": {
        "nb": "Fjordby bør velges. Alternativet er best i 58 % av de tillatte vektene, og det krever at vekten på"
        " virksomhetens vilkår synker fra 30 til 12 prosent før Nordvik blir jevngod.",
        "nn": "Fjordby bør veljast. Alternativet er best i 58 % av dei tillatne vektene, og vekta på vilkåra for"
        " verksemda må gå ned frå 30 til 12 prosent før Nordvik blir jamgod.",
        "en": "Fjordby should be chosen. It is best under 58 % of the allowed weights, and the weight on the conditions"
        " for the agency must fall from 30 to 12 per cent before Nordvik draws level.",
    },
    "warning": {
        "nb": "Tre etater har flyttet arbeidsplasser fra Storhavn de siste fem årene.",
        "nn": "Tre etatar har flytta arbeidsplassar frå Storhavn dei siste fem åra.",
        "en": "Three agencies have moved jobs out of Storhavn in the last five years.",
    },
    "breach": {
        "nb": "Ingen av alternativene ligger i sentralitetsklasse 5 eller 6, og saken sier ikke hvorfor.",
        "nn": "Ingen av alternativa ligg i sentralitetsklasse 5 eller 6, og saka seier ikkje kvifor.",
        "en": "None of the alternatives lies in centrality class 5 or 6, and the case does not say why.",
    },
    "info": {
        "nb": "Tallene for yrker er fra 2018 og etter bosted.",
        "nn": "Tala for yrke er frå 2018 og etter bustad.",
        "en": "The figures on occupations are from 2018 and by residence.",
    },
    "q1": {
        "nb": "Hva er problemet, og hva vil vi oppnå?",
        "nn": "Kva er problemet, og kva vil vi oppnå?",
        "en": "What is the problem, and what do we want to achieve?",
    },
    "q2": {
        "nb": "Hvilke tiltak er relevante?",
        "nn": "Kva tiltak er relevante?",
        "en": "Which measures are relevant?",
    },
    "q3": {
        "nb": "Hvilke virkninger har alternativene?",
        "nn": "Kva verknader har alternativa?",
        "en": "What are the effects of the alternatives?",
    },
    "conflict": {
        "nb": "Der hensynene trekker hver sin vei",
        "nn": "Der omsyna dreg kvar sin veg",
        "en": "Where the considerations pull apart",
    },
    "about": {
        "nb": "Eksempeldirektoratet får 45 nye stillinger, av dem 30 rådgivere og 15 jurister. Departementet må velge"
        " hvor de skal ligge, og vise hvordan målene om rekruttering og om vekst utenfor de største byene er veid mot"
        " hverandre.",
        "nn": "Eksempeldirektoratet får 45 nye stillingar, av dei 30 rådgjevarar og 15 juristar. Departementet må velje"
        " kvar dei skal liggje, og vise korleis måla om rekruttering og om vekst utanfor dei største byane er vegne mot"
        " kvarandre.",
        "en": "The Example Directorate gets 45 new posts, 30 advisers and 15 lawyers among them. The ministry must choose"
        " where to put them, and show how the aims of recruitment and of growth outside the largest cities were weighed"
        " against each other.",
    },
    "pull": {
        "nb": "Virksomhetens vilkår og de lokaliseringspolitiske hensynene trekker sterkt fra hverandre over"
        " alternativene (−0,86). Det som gir Storhavn mange søkere, er det samme som gjør at 45 arbeidsplasser betyr lite"
        " der.",
        "nn": "Vilkåra for verksemda og dei lokaliseringspolitiske omsyna dreg sterkt frå kvarandre over alternativa"
        " (−0,86). Det som gir Storhavn mange søkjarar, er det same som gjer at 45 arbeidsplassar har lite å seie der.",
        "en": "The conditions for the agency and location policy pull strongly apart over the alternatives (−0.86). What"
        " gives Storhavn many applicants is also why 45 jobs matter little there.",
    },
    "aims": {
        "nb": "Rekruttere 45 medarbeidere innen to år|Styrke et arbeidsmarked utenfor de største byene|Holde"
        " kostnadene innenfor rammen",
        "nn": "Rekruttere 45 medarbeidarar innan to år|Styrkje ein arbeidsmarknad utanfor dei største byane|Halde"
        " kostnadene innanfor ramma",
        "en": "Recruit 45 employees within two years|Strengthen a labour market outside the largest cities|Keep the cost"
        " within the budget",
    },
    "steps": {
        "nb": "Krav som må oppfylles|Alternativer som er dårligere på alt|Verdi og rangering",
        "nn": "Krav som må oppfyllast|Alternativ som er dårlegare på alt|Verdi og rangering",
        "en": "Requirements that must be met|Alternatives worse on everything|Value and ranking",
    },
    "t1": {
        "nb": "Alternativene og hva de er",
        "nn": "Alternativa og kva dei er",
        "en": "The alternatives and what they are",
    },
    "t2": {
        "nb": "Poeng på hvert hensyn, og samlet verdi",
        "nn": "Poeng på kvart omsyn, og samla verdi",
        "en": "Score on each consideration, and total value",
    },
    "place": {"nb": "Sted", "nn": "Stad", "en": "Place"},
    "class": {"nb": "Sentralitetsklasse", "nn": "Sentralitetsklasse", "en": "Centrality class"},
    "people": {"nb": "I yrkesaktiv alder", "nn": "I yrkesaktiv alder", "en": "Of working age"},
    "growth": {"nb": "Vekst, prosent", "nn": "Vekst, prosent", "en": "Growth, per cent"},
    "airport": {"nb": "Til lufthavn, minutter", "nn": "Til lufthamn, minutt", "en": "To an airport, minutes"},
    "what": {"nb": "Hva alternativet er", "nn": "Kva alternativet er", "en": "What the alternative is"},
    "whatfor": {
        "nb": "Nye lokaler nær stasjonen; leies fra 2024",
        "nn": "Nye lokale nær stasjonen; blir leigde frå 2024",
        "en": "New offices by the station; rented from 2024",
    },
    "value": {"nb": "Verdi", "nn": "Verdi", "en": "Value"},
    "f1": {"nb": "Verdiprofil", "nn": "Verdiprofil", "en": "Value profile"},
    "f2": {
        "nb": "Hvor ofte hvert alternativ får hver plass",
        "nn": "Kor ofte kvart alternativ får kvar plass",
        "en": "How often each alternative gets each rank",
    },
    "f3": {
        "nb": "Vektene i saken og vektene der rangeringen snur",
        "nn": "Vektene i saka og vektene der rangeringa snur",
        "en": "The weights of the case and those at which the ranking turns",
    },
    "f4": {
        "nb": "Virksomhetens vilkår mot lokaliseringspolitiske hensyn",
        "nn": "Vilkåra for verksemda mot lokaliseringspolitiske omsyn",
        "en": "Conditions for the agency against location policy",
    },
    "f5": {
        "nb": "Statlige arbeidsplasser før og etter saken",
        "nn": "Statlege arbeidsplassar før og etter saka",
        "en": "State jobs before and after this case",
    },
    "f6": {
        "nb": "Alternativene og arbeidsmarkedsregionene deres",
        "nn": "Alternativa og arbeidsmarknadsregionane deira",
        "en": "The alternatives and their labour-market regions",
    },
    "alt": {
        "nb": "Fjordby har høye poeng på de fire første hensynene. Storhavn har 91 på virksomhetens vilkår, men 22 på de"
        " lokaliseringspolitiske hensynene. For Nordvik mangler avbøtende tiltak.",
        "nn": "Fjordby har høge poeng på dei fire første omsyna. Storhavn har 91 på vilkåra for verksemda, men 22 på dei"
        " lokaliseringspolitiske omsyna. For Nordvik manglar avbøtande tiltak.",
        "en": "Fjordby scores high on the first four considerations. Storhavn has 91 on the conditions for the agency but"
        " 22 on location policy. For Nordvik, mitigating measures are missing.",
    },
    "case": {"nb": "Sak", "nn": "Sak", "en": "Case"},
    "rules": {"nb": "Regler", "nn": "Reglar", "en": "Rules"},
    "snapshot": {"nb": "Tallgrunnlag", "nn": "Talgrunnlag", "en": "Figures"},
    "region": {"nb": "Region {}", "nn": "Region {}", "en": "Region {}"},
}


@cache
def sample(lang: str = "nb", *, svg: str = "") -> Document:
    """The sample in one language; `svg` stands in for all drawings where they do not matter."""
    word = {key: texts[lang] for key, texts in WORDS.items()}
    return Document(
        title=word["title"],
        subtitle=word["subtitle"],
        lang=lang,
        date=word["date"],
        author=word["author"],
        summary=(Paragraph(word["summary"], (1, 2)), Notice(word["warning"], "warning", (3,))),
        facts=Terms(
            (
                (word["case"], "2023/118"),
                (word["rules"], "2022-08-12"),
                (word["snapshot"], "eksempelland-2026-11-23"),
            )
        ),
        sections=_sections(word, lang, svg),
        sources=SOURCES,
        labels={},
        dated=dt.date(2026, 6, 1),
        sheets=(_sheet(),),
        keywords=("Eksempelland", "lokalisering"),
    )


def _sections(word: dict[str, str], lang: str, svg: str) -> tuple[Section, ...]:
    return (
        Section(
            word["q1"],
            (
                Paragraph(word["about"], (1,)),
                Bullets(tuple(word["aims"].split("|"))),
                Notice(word["info"], "info", (2,)),
            ),
            anchor="problem",
        ),
        Section(
            word["q2"],
            (
                _alternatives(word),
                _map(word, lang, svg),
                Bullets(tuple(word["steps"].split("|")), numbered=True),
            ),
        ),
        Section(
            word["q3"],
            (Paragraph(word["about"], (2,)), _scores(word), _pictures(word, lang, svg)[0]),
            (
                Section(word["f2"], _pictures(word, lang, svg)[1:3]),
                Section(
                    word["conflict"],
                    (
                        Paragraph(word["pull"], (1, 4)),
                        *_pictures(word, lang, svg)[3:],
                        Notice(word["breach"], "breach"),
                    ),
                    (Section(word["f5"], (Paragraph(word["warning"], (3,)),)),),
                ),
            ),
        ),
    )


def _alternatives(word: dict[str, str]) -> Table:
    columns = (
        Column(word["place"]),
        Column(word["what"]),
        Column(word["class"], numeric=True),
        Column(word["people"], numeric=True),
        Column(word["growth"], numeric=True, decimals=1),
        Column(word["airport"], numeric=True),
    )
    rows = (
        (PLACES[0], word["whatfor"], 4, 48_210, 1.26, 38),
        (PLACES[1], word["whatfor"], 5, 17_930, -0.84, 95),
        (PLACES[2], word["whatfor"], 2, 1_204_377, 3.1, 21),
        (PLACES[3], word["whatfor"], 6, 4_101, -2.0, None),
        (PLACES[4], word["whatfor"], 1, 1_610_000, 4.25, 33),
    )
    return Table(word["t1"], columns, rows, (1, 2))


def _scores(word: dict[str, str]) -> Table:
    titles = [word[f"c{i}"] for i in range(1, 6)]
    columns = (
        Column(word["place"]),
        *(Column(t, numeric=True) for t in titles),
        Column(word["value"], True, 1),
    )
    values = (68.6, 64.1, 55.2, 61.7, 49.0)
    rows = tuple((name, *row, value) for name, row, value in zip(PLACES, SCORES, values, strict=True))
    return Table(word["t2"], columns, rows, (1,))


def _pictures(word: dict[str, str], lang: str, svg: str) -> tuple[Picture, ...]:
    titles = [word[f"c{i}"] for i in range(1, 6)]
    if svg:
        return tuple(Picture(word[f"f{i}"], word["alt"], svg, (1,)) for i in range(1, 6))
    points = [
        charts.TradeOffPoint(n, row[0], row[1], n == PLACES[0]) for n, row in zip(PLACES, SCORES, strict=True)
    ]
    given, flipped = (0.30, 0.25, 0.20, 0.15, 0.10), (0.12, 0.37, 0.19, 0.22, 0.10)
    drawn = (
        charts.value_profile(PLACES, titles, SCORES, lang, emphasis=PLACES[:1]),
        charts.rank_acceptability(PLACES, SHARES, lang, emphasis=PLACES[:1]),
        charts.weights_chart(titles, given, flipped, PLACES[1], lang),
        charts.trade_off(titles[0], titles[1], points, lang),
        charts.ledger_timeline(PLACES[:3], ((12, 12), None, (-90, -84)), ((57, 57), None, (-90, 4)), lang),
    )
    return tuple(Picture(word[f"f{i}"], word["alt"], drawing, (1,)) for i, drawing in enumerate(drawn, 1))


def country() -> dict[str, bytes]:
    """Three counties of Eksempelland, two municipalities each, as boxes in EPSG:25833."""
    import shapely

    boxes = {}
    for i in range(3):
        west, south = 100_000 + 40_000 * i, 6_600_000 + 250_000 * i
        boxes[f"{i + 1}0"] = shapely.box(west, south, west + 200_000, south + 250_000)
        boxes[f"{i + 1}001"] = shapely.box(west, south, west + 100_000, south + 250_000)
        boxes[f"{i + 1}002"] = shapely.box(west + 100_000, south, west + 200_000, south + 250_000)
    return {code: shapely.to_wkb(shape) for code, shape in boxes.items()}


def _map(word: dict[str, str], lang: str, svg: str) -> Picture:
    points = [
        MapPoint(PLACES[0], 150_000, 6_700_000, "1001", emphasis=True),
        MapPoint(PLACES[1], 250_000, 7_020_000, "2002"),
        MapPoint(PLACES[2], 160_000, 6_710_000, "1001"),
        MapPoint(PLACES[3], 260_000, 7_200_000, "3001"),
    ]
    names = [word["region"].format(name) for name in (PLACES[0], PLACES[1])]
    drawn = svg or overview_map(country(), points, {"1001": 0, "2002": 1}, lang, classes=names)
    return Picture(word["f6"], word["alt"], drawn, (1, 4))


def _sheet() -> Sheet:
    rows = (
        ("Alternativ", "c1", "c2", "Verdi"),
        ("Vekt", 0.6, 0.4, None),
        (PLACES[0], 72.0, 81.0, "=$B$2*B3+$C$2*C3"),
        (PLACES[1], 55.0, None, "=$B$2*B4+$C$2*C4"),
    )
    return Sheet("Tall og formler: verdi/vekt [1]", rows)


SOURCES = (
    Source(
        "population",
        "Folkemengde etter alder",
        "Eksempelland statistiske byrå",
        "EX 07459",
        "alder 20–66, 1. januar 2026, alle kommuner",
        "2026",
        "CC BY 4.0",
    ),
    Source(
        "wage_earners",
        "Lønnstakere etter yrke",
        "Eksempelland statistiske byrå",
        "EX 11618",
        "hovedgrupper 1–9 etter bosted",
        "2018",
        "CC BY 4.0",
        "Små tall er skjult og regnet som manglende.",
    ),
    Source(
        "ledger",
        "Regnskap over statlige arbeidsplasser",
        "Eksempeldepartementet",
        "",
        "",
        "2018–2023",
        "NLOD 2.0",
    ),
    Source(
        "boundary",
        "Grenser for kommuner og fylker",
        "Eksempelland kartverk",
        "https://example.org/very/long/address/that/has/no/spaces/in/it/at/all/grenser-2024.gml",
        "forenklet",
        "2024",
        "CC BY 4.0",
    ),
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
    '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
    '<rect width="120" height="40" fill="#ffffff" clip-path="url(#c)"/>'
    '<text x="5" y="20" font-family="sans-serif" font-size="12">Fjordby 48</text></svg>'
)

HOSTILE = {
    "typst": '#import "x.typ": * #panic("x") $x^2$ *b* _i_ @ref <label> \\ ` // /* ]',
    "html": "<script>alert(1)</script><img src=x onerror=y> &amp; \" ' </title></style>",
    "formula": "=cmd|'/c calc'!A0",
    "at": '@SUM(1+1)*HYPERLINK("https://x")',
    "long": "x" * 10_000,
    "emoji": "😀👩\u200d👩\u200d👧 ❤\ufe0f 中文",
    "sami": "Kárášjohka áčđŋšŧž ÁČĐŊŠŦŽ",
    "rtl": "שלום سلام \u202eabc\u202c",
    "template": "{{title}} {{body}} {% raw %} {0} {x} @INK@ %s",
    "control": "a\x00\x07\x0b\x1b\ud800\ufffe\u2028b\tc\nd",
    "marks": "a" + "\u0301" * 60,
    "xml": "]]> <!-- --> <?x?> &#0; &lt;",
}
