SELECT navn AS name, CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon FROM jernbanestasjoner_n1000
