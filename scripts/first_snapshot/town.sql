-- a date given as a year only is left empty
SELECT tettstednummer AS town, navn AS name, kommunenummer AS municipality, CAST(folkemengde AS INTEGER) AS persons,
    try_cast(dato AS DATE) AS date, CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon,
    del_av_tettsted = 'True' AS part
FROM tettsteder_osm_ssb_2024
