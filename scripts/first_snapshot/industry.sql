WITH sn2007 AS (
    SELECT DISTINCT 1 AS level, hovedomraade AS code, hovedomraade_navn AS name, NULL AS parent FROM sn2007_alle_nivaa
    UNION SELECT 2, naering_2, naering_2_navn, hovedomraade FROM sn2007_alle_nivaa
    UNION SELECT 3, naering_3, naering_3_navn, naering_2 FROM sn2007_alle_nivaa
    UNION SELECT 4, naering_4, naering_4_navn, naering_3 FROM sn2007_alle_nivaa
    UNION SELECT 5, naering_5, naering_5_navn, naering_4 FROM sn2007_alle_nivaa
)
SELECT 'SN2007' AS standard, * FROM sn2007
UNION ALL
SELECT 'SN2025', 2, kode, navn, NULL FROM sn2025_naering_2siffer
