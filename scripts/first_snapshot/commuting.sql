SELECT bosted AS home, arbeidssted AS work, 2022 AS year, CAST(antall AS INTEGER) AS persons,
    CASE WHEN anslag = 'True' THEN 'estimated' ELSE 'measured' END AS quality
FROM pendling_2022_2024struktur
