SELECT kommunenummer AS code, navn AS name, fylkesnummer AS county_code, fylke AS county_name,
    okonomisk_region AS economic_region_code, okonomisk_region_navn AS economic_region_name,
    CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon, p.x, p.y, koordinat_metode AS point_method
FROM kommuner_2024
JOIN point p ON p.code = kommunenummer
