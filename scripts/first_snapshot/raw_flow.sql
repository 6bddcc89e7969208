-- 03321 of the years before the last, in the codes of its years
SELECT bosted AS home, arbeidssted AS work, CAST(aar AS INTEGER) AS year, CAST(antall AS INTEGER) AS value,
    NULL AS status, NULL AS structure
FROM pendling_03321_2017_2022
WHERE aar < 2022
