-- scheduled traffic: type L with traffic I or N, apart from the named exceptions
SELECT trim(navn) AS name, nullif(iata, 'XXX') AS iata, nullif(icao, 'XXXX') AS icao, trafikktype AS traffic,
    lufthavntype AS type, CAST(lat AS DOUBLE) AS lat, CAST(lon AS DOUBLE) AS lon,
    lufthavntype = 'L' AND trafikktype IN ('I', 'N') AND e.reason IS NULL AS scheduled, e.reason AS note
FROM lufthavner_n1000
LEFT JOIN airport_exception e ON e.place = trim(navn)
