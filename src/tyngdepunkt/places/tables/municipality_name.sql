-- municipality_name: whole official names, and every language form of them.
-- Reads   official_name(code, name)   names as Klass gives them: forms joined by ' - ', a county in
--                                     parentheses where two municipalities bear the same name
WITH forms AS (
    SELECT code, name, 'full' AS form FROM official_name
    UNION ALL
    SELECT code, regexp_replace(unnest(string_split(name, ' - ')), ' \(.*\)$', ''), 'part' FROM official_name
)
SELECT code, name, min(form) AS form  -- 'full' comes before 'part' where a name is both
FROM forms
GROUP BY code, name
