-- persons of 2017 by the codes of 2019: that is when the pages were read
WITH held AS (
    SELECT kommunenummer_2019 AS code, CAST(grunnskole AS DOUBLE) AS "primary",
        CAST(videregaaende AS DOUBLE) AS upper_secondary, CAST(uh_kort AS DOUBLE) AS higher_short,
        CAST(uh_lang AS DOUBLE) AS higher_long, CAST(uoppgitt_ingen AS DOUBLE) AS none_or_unknown
    FROM utdanningsnivaa_kommune_2017
)
SELECT code, 2017 AS year, part, CAST(value AS INTEGER) AS value, NULL AS status, 2019 AS structure
FROM (
    UNPIVOT held ON "primary", upper_secondary, higher_short, higher_long, none_or_unknown
    INTO NAME part VALUE value
)
