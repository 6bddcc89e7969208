SELECT navn AS name,
    CASE type
        WHEN 'by' THEN 'town' WHEN 'tettsted' THEN 'settlement' WHEN 'tettbebyggelse' THEN 'dense_settlement'
        WHEN 'bygdelagBygd' THEN 'village' WHEN 'grend' THEN 'hamlet'
    END AS type,
    kommunenummer AS municipality, CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon
FROM stedsnavn_n1000
