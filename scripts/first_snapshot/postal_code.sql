SELECT DISTINCT postnummer AS code, poststed AS name, kommunenummer AS municipality, CAST(lat AS DOUBLE) AS lat,
    CAST(lon AS DOUBLE) AS lon
FROM postnummer_geonames
