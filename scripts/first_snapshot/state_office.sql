SELECT CAST(id AS INTEGER) AS id, CAST(overordnet_id AS INTEGER) AS parent_id, type, navn AS name,
    nullif(kommunenummer, '2100') AS municipality,  -- Svalbard is no municipality
    CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon, 2014 AS year
FROM statlige_enheter_2014_etatsbasen
