SELECT fra AS origin, til AS destination, minutter AS minutes, km_korteste AS km,
    minutter_uten_ferje AS minutes_without_ferry, ferje AS ferry
FROM reisetid_kommunesentre
