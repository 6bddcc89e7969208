-- Bø and Sauherad became Midt-Telemark in 2020: added up, so that the series is one
WITH named AS (
    SELECT CASE WHEN kommune IN ('Bø (Telemark)', 'Sauherad') THEN 'Midt-Telemark' ELSE kommune END AS name,
        CASE nivaa
            WHEN 'Grunnskolenivå' THEN 'primary' WHEN 'Videregående skolenivå' THEN 'upper_secondary'
            WHEN 'Fagskolenivå' THEN 'vocational_college'
            WHEN 'Universitets- og høgskolenivå, kort' THEN 'higher_short'
            WHEN 'Universitets- og høgskolenivå, lang' THEN 'higher_long'
            WHEN 'Uoppgitt eller ingen fullført utdanning' THEN 'none_or_unknown'
        END AS level,
        CASE kjonn WHEN 'Begge kjønn' THEN 'both' WHEN 'Kvinner' THEN 'women' WHEN 'Menn' THEN 'men' END AS sex,
        CAST(aar AS INTEGER) AS year, CAST(CAST(personer_16_og_over AS DOUBLE) AS INTEGER) AS persons
    FROM utdanningsnivaa_telemark_2004_2025
)
SELECT k.kommunenummer AS municipality, level, sex, year, sum(persons) AS persons
FROM named
JOIN kommuner_2024 k ON k.navn = named.name AND k.fylkesnummer = '40'
GROUP BY ALL
