-- codes of 2020, all one to one but Ålesund, whose figure is not divided: missing for Ålesund and Haram
WITH known AS (
    SELECT kommunenummer_2024 AS municipality, CAST(aar AS INTEGER) AS year, CAST(maaned AS INTEGER) AS month,
        CAST(helt_ledige AS INTEGER) AS persons, CAST(prosent_arbeidsstyrken AS DOUBLE) AS percent,
        CASE WHEN helt_ledige IS NULL THEN 'suppressed' ELSE 'measured' END AS quality
    FROM helt_ledige_kommune_2022
    WHERE kommunenummer_2022 NOT IN ('1507', '2100')
)
FROM known
UNION ALL
SELECT code, year, month, NULL, NULL, 'missing'
FROM (SELECT DISTINCT year, month FROM known), (VALUES ('1508'), ('1580')) AS divided(code)
