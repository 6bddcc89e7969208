SELECT k.kommunenummer_2024 AS municipality,
    CASE sektor
        WHEN 'Statsforvaltningen' THEN 'state' WHEN 'Kommunal forvaltning' THEN 'municipal'
        WHEN 'Fylkeskommunal forvaltning' THEN 'county' WHEN 'Offentlige eide foretak' THEN 'public_enterprise'
        WHEN 'Privat sektor' THEN 'private'
    END AS sector,
    CAST(aar AS INTEGER) AS year, CAST(CAST(sysselsatte AS DOUBLE) AS INTEGER) AS persons, 2020 AS structure
FROM sysselsatte_sektor_vestfold_telemark_2010_2021 s
JOIN kommune_2020_til_2024 k USING (kommunenummer_2020)
