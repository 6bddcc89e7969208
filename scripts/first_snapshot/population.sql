SELECT kommunenummer AS municipality, CAST(aar AS INTEGER) AS year, CAST(folkemengde AS INTEGER) AS persons,
    CASE WHEN anslag = 'True' THEN 'estimated' ELSE 'measured' END AS quality
FROM folkemengde_kommune_2006_2026
