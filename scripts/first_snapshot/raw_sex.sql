-- 1 January 2021 by sex, in the codes of 2020; a part is the sex and the first year of the age group
SELECT kommunenummer AS code, 2021 AS year,
    CASE kjonn WHEN 'K' THEN 'female' WHEN 'M' THEN 'male' END || ':' || CAST(least(alder // 5 * 5, 85) AS VARCHAR) AS part,
    CAST(sum(folkemengde) AS INTEGER) AS value, NULL AS status, NULL AS structure
FROM folkemengde_kommune_alder_kjonn_2021_struktur2020
GROUP BY ALL
