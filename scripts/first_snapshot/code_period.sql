SELECT kommunenummer AS code, navn AS name, CAST(gyldig_fra AS DATE) AS valid_from,
    CAST(gyldig_til AS DATE) AS valid_to, kommunenummer_2024 AS municipality
FROM kommunenummer_perioder
WHERE kommunenummer <> '9999'
