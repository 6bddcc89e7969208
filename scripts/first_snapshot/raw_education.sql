-- persons of 2017 by the codes of 2019 (the pages were read in 2019): labelled 2019 for the recoding only
WITH held AS (
    SELECT kommunenummer_2019 AS code, CAST(grunnskole AS DOUBLE) AS "primary",
        CAST(videregaaende AS DOUBLE) AS upper_secondary, CAST(uh_kort AS DOUBLE) AS higher_short,
        CAST(uh_lang AS DOUBLE) AS higher_long, CAST(uoppgitt_ingen AS DOUBLE) AS none_or_unknown
    FROM utdanningsnivaa_kommune_2017
)
SELECT code, 2019 AS year, part, CAST(value AS INTEGER) AS value, NULL AS status
FROM (
    UNPIVOT held ON "primary", upper_secondary, higher_short, higher_long, none_or_unknown
    INTO NAME part VALUE value
)
