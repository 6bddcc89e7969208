-- the last year, already in the codes of 2024 and with Ålesund divided by its flows of 2019
SELECT bosted AS home, arbeidssted AS work, 2022 AS year, CAST(antall AS INTEGER) AS persons,
    CASE WHEN anslag = 'True' THEN 'estimated' ELSE 'measured' END AS quality
FROM pendling_2022_2024struktur
