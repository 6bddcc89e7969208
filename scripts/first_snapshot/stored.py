"""The stored public files, each under its own name in a DuckDB connection."""

from __future__ import annotations

from pathlib import Path

import duckdb

FILES = (
    "kommuner/kommuner_2024.csv",
    "sentralitet/sentralitet_klass128_2024.csv",
    "regioner/ba_regioner_2020.csv",
    "befolkning/folkemengde_kommune_2006_2026.csv",
    "befolkning/folkemengde_kommune_alder_2006_2026.parquet",
    "sysselsetting/sysselsatte_kommune_11618_2017_2022.csv",
    "befolkning/folkemengde_kommune_alder_kjonn_2021_struktur2020.parquet",
    "pendling/pendling_03321_2017_2022.parquet",
    "pendling/pendling_2022_2024struktur.csv.gz",
    "virksomheter/bedrifter_ansatte_kommune_2013_2025.csv",
    "virksomheter/bedrifter_250m_2025.parquet",
    "virksomheter/bedrifter_naering_storrelse_telemark_2009_2026.parquet",
    "yrker_kommune/lonnstakere_yrke_kommune_2018.csv",
    "utdanning/utdanningsnivaa_kommune_2017.csv",
    "utdanning/utdanningsnivaa_telemark_2004_2025.csv",
    "arbeidsledighet/helt_ledige_kommune_2022.csv",
    "statlige_enheter/statlige_enheter_2014_etatsbasen.csv",
    "statlige_enheter/lokaliseringsvedtak_2005_2016.csv",
    "reisetid/reisetid_kommunesentre.parquet",
    "reisetid/veglenker_n1000.parquet",
    "reisetid/lufthavner_n1000.csv",
    "reisetid/jernbanestasjoner_n1000.csv",
    "tettsteder/tettsteder_osm_ssb_2024.csv",
    "tettsteder/stedsnavn_n1000.csv",
    "tettsteder/postnummer_geonames.csv",
    "kodeendringer/klass131_endringer_2011_2026.csv",
    "kodeendringer/kommunenummer_perioder.csv",
    "kodeendringer/kommune_2019_til_2024.csv",
    "kodeendringer/kommune_2020_til_2024.csv",
    "naering/sn2007_alle_nivaa.csv",
    "naering/sn2025_naering_2siffer.csv",
    "yrker/styrk08_yrkeskategori_nav.csv",
    "yrker/yrkeskatalog_styrk08.csv.gz",
    "yrker/fjernarbeid_styrk08.csv",
    "anskaffelser/cpv_2008_en_nb.csv",
    "sysselsetting_naering/sysselsatte_arbeidssted_naering_telemark_2016_2025.csv",
    "sysselsetting_naering/sysselsatte_sektor_vestfold_telemark_2010_2021.csv",
    "innovasjonsmiljoer/studiesteder_utvalg.csv",
)
_SEMICOLON = {"styrk08_yrkeskategori_nav"}


def open_stored(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with one view per stored file. CSV cells stay text: a code must keep its zero."""
    database = duckdb.connect()
    database.execute("SET threads = 1")
    for file in FILES:
        name = Path(file).name.split(".")[0]
        path = str(folder / file).replace("'", "''")
        if file.endswith(".parquet"):
            source = f"read_parquet('{path}')"
        else:
            separator = ";" if name in _SEMICOLON else ","
            source = f"read_csv('{path}', all_varchar = true, delim = '{separator}', header = true)"
        database.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')
    return database
