SELECT kommunenummer AS municipality, CAST(sentralitetsindeks AS INTEGER) AS "index", 2024 AS year
FROM sentralitet_klass128_2024
