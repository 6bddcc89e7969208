-- employed: population, employed residents and employed at workplaces. Reads recoded (see recode.sql),
-- whose parts are the three measures. The row's quality is that of its weakest measure.
SELECT municipality, year,
    max(persons) FILTER (part = 'population_15_74') AS population_15_74,
    max(persons) FILTER (part = 'residents') AS residents,
    max(persons) FILTER (part = 'workplace') AS workplace,
    arg_max(quality, list_position(['measured', 'estimated', 'assumed', 'suppressed', 'missing'], quality)) AS quality
FROM recoded
GROUP BY municipality, year
