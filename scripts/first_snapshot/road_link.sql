SELECT CAST(row_number() OVER () AS INTEGER) AS link, vegkategori AS category, vegnummer AS number,
    CASE typeVeg WHEN 'enkelBilveg' THEN 'road' WHEN 'bilferje' THEN 'ferry' END AS kind,
    CASE motorvegtype WHEN 'motorveg' THEN 'motorway' WHEN 'motortrafikkveg' THEN 'motor_road' END AS motorway,
    CASE medium WHEN 'T' THEN 'ground' WHEN 'U' THEN 'tunnel' WHEN 'L' THEN 'bridge' END AS medium, km,
    CAST(oppdatert AS DATE) AS dated, lon, lat
FROM veglenker_n1000
