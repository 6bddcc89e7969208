-- in the file as airports with passenger traffic, but without scheduled flights
SELECT * FROM (VALUES
    ('Moss lufthavn, Rygge', 'closed to civil passenger traffic since 1 November 2016'),
    ('Skien lufthavn, Geiteryggen', 'no airline has flown here since Widerøe ended its flights to Bergen')
) AS exception(place, reason)
