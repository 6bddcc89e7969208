SELECT virksomhet AS agency, sted AS place, kommunenummer_2024 AS municipality,
    CAST(periode[:4] AS INTEGER) AS period_from, CAST(periode[6:] AS INTEGER) AS period_to,
    CAST(stillinger_lav AS INTEGER) AS jobs_low, CAST(stillinger_hoy AS INTEGER) AS jobs_high, kilde AS source
FROM lokaliseringsvedtak_2005_2016
