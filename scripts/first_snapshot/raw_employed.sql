-- 11618 in the codes of its years. Rindal's zeros of 2019 are a hole: its number changed that year.
WITH held AS (
    SELECT CASE WHEN aar = '2019' AND kommunenummer = '1567' THEN '5061' ELSE kommunenummer END AS code,
        CAST(aar AS INTEGER) AS year, aar = '2019' AND kommunenummer = '1567' AS hole,
        CAST(befolkning_15_74 AS INTEGER) AS population_15_74,
        CAST(sysselsatte_bosted_15_74 AS INTEGER) AS residents,
        CAST(sysselsatte_arbeidssted_15_74 AS INTEGER) AS workplace
    FROM sysselsatte_kommune_11618_2017_2022
)
SELECT code, year, part, CASE WHEN NOT hole THEN value END AS value, CASE WHEN hole THEN 'missing' END AS status,
    NULL AS structure
FROM (UNPIVOT held ON population_15_74, residents, workplace INTO NAME part VALUE value)
