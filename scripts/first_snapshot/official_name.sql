-- the names of 2025 and the new ones of 2026
SELECT kommunenummer AS code, navn AS name FROM kommuner_2024
UNION
SELECT ny_kode, nytt_navn FROM klass131_endringer_2011_2026
WHERE dato = '2026-01-01' AND gammel_kode = ny_kode
