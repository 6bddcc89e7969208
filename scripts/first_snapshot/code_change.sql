SELECT CAST(dato AS DATE) AS date, gammel_kode AS old_code, gammelt_navn AS old_name, ny_kode AS new_code,
    nytt_navn AS new_name
FROM klass131_endringer_2011_2026
