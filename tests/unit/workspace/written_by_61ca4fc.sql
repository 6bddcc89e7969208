-- What version 0.1.0 (commit 61ca4fc, before databases had a version) writes: three drafts with
-- six versions, one of them deleted and one a copy; two imports of the ledger and the undoing of one.
BEGIN TRANSACTION;
CREATE TABLE case_draft (
	id VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	seen INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "case_draft" VALUES('Zq8fK2mXw1cVtB7yNsHdJ4Lg',4,'2026-11-01 08:00:00.000000','2026-11-01 08:42:00.000000',NULL,3);
INSERT INTO "case_draft" VALUES('aP3vR9tEo6uYiWkQxZmCnB5h',1,'2026-11-01 08:56:00.000000','2026-11-01 08:56:00.000000',NULL,1);
INSERT INTO "case_draft" VALUES('T7sGd2fHj4kLpO1qWeRtYu8i',1,'2026-11-01 09:10:00.000000','2026-11-01 09:10:00.000000','2026-11-01 09:24:00.000000',NULL);
CREATE TABLE case_draft_version (
	draft_id VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	saved_at DATETIME NOT NULL, 
	step VARCHAR(40) NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (draft_id, version), 
	FOREIGN KEY(draft_id) REFERENCES case_draft (id)
);
INSERT INTO "case_draft_version" VALUES('Zq8fK2mXw1cVtB7yNsHdJ4Lg',1,'2026-11-01 08:07:00.000000','start','{"lang": "nb", "title": "Eksempeltilsynet til Vidda", "alternatives": ["Vidda", "Fjordby"]}');
INSERT INTO "case_draft_version" VALUES('Zq8fK2mXw1cVtB7yNsHdJ4Lg',2,'2026-11-01 08:21:00.000000','unit','{"lang": "nb", "title": "Eksempeltilsynet til Vidda", "alternatives": ["Vidda", "Fjordby"], "unit": {"name": "Eksempeltilsynet", "jobs": [10, 15]}}');
INSERT INTO "case_draft_version" VALUES('Zq8fK2mXw1cVtB7yNsHdJ4Lg',3,'2026-11-01 08:35:00.000000','considerations','{"lang": "nb", "title": "Eksempeltilsynet til Vidda", "alternatives": ["Vidda", "Fjordby"], "unit": {"name": "Eksempeltilsynet", "jobs": [10, 15]}, "weights": {"spread": 40, "market": 60}}');
INSERT INTO "case_draft_version" VALUES('Zq8fK2mXw1cVtB7yNsHdJ4Lg',4,'2026-11-01 08:49:00.000000','considerations','{"lang": "nb", "title": "Eksempeltilsynet til Vidda", "alternatives": ["Vidda", "Fjordby"], "unit": {"name": "Eksempeltilsynet", "jobs": [10, 15]}, "weights": {"spread": 50, "market": 50}, "weight_log": [{"date": "2026-11-01", "who": "Kari Eksempel", "reason": "Høringen", "scores_seen": true}]}');
INSERT INTO "case_draft_version" VALUES('aP3vR9tEo6uYiWkQxZmCnB5h',1,'2026-11-01 09:03:00.000000','copy','{"lang": "nb", "title": "Kopi av Eksempeltilsynet til Vidda", "alternatives": ["Vidda", "Fjordby"], "unit": {"name": "Eksempeltilsynet", "jobs": [10, 15]}, "weights": {"spread": 50, "market": 50}, "weight_log": [{"date": "2026-11-01", "who": "Kari Eksempel", "reason": "Høringen", "scores_seen": true}]}');
INSERT INTO "case_draft_version" VALUES('T7sGd2fHj4kLpO1qWeRtYu8i',1,'2026-11-01 09:17:00.000000','start','{"lang": "nn", "title": "Sletta sak"}');
CREATE TABLE ledger_event (
	id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	position VARCHAR(80) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	municipality VARCHAR(4) NOT NULL, 
	place VARCHAR(400) NOT NULL, 
	jobs_low DOUBLE NOT NULL, 
	jobs_high DOUBLE NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	source TEXT NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	reverses INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (fingerprint, generation), 
	FOREIGN KEY(import_id) REFERENCES ledger_import (id), 
	UNIQUE (reverses), 
	FOREIGN KEY(reverses) REFERENCES ledger_event (id)
);
INSERT INTO "ledger_event" VALUES(1,1,'line 2','closed','0303','Vidda',6.0,7.0,'2020-03-01','2020-06-30','brev 3. mars','8dbfd102b0677068c660ee023d967325a3b1cd9bd867948379d27960bcaebf3d',0,NULL);
INSERT INTO "ledger_event" VALUES(2,1,'line 3','moved_in','0101','Vidda',3.0,3.0,'2020-03-01','2020-06-30','brev 3. mars','d13d0389f2da0011a09037f749a977832a136988525e3edd417185a783b30020',0,NULL);
INSERT INTO "ledger_event" VALUES(3,2,'line 2','established','0202','Vidda',12.0,20.0,'2020-03-01','2020-06-30','brev 3. mars','dec3287b4a623295d66cc1c18221594171e8a7dce2d42f7dc2277872605faf4e',0,NULL);
INSERT INTO "ledger_event" VALUES(4,3,'line 2','established','0202','Vidda',-12.0,-20.0,'2020-03-01','2020-06-30','brev 3. mars','reverses 3',0,3);
CREATE TABLE ledger_event_agency (
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR(400) NOT NULL, 
	PRIMARY KEY (event_id, position), 
	FOREIGN KEY(event_id) REFERENCES ledger_event (id)
);
INSERT INTO "ledger_event_agency" VALUES(1,0,'Tilsynet');
INSERT INTO "ledger_event_agency" VALUES(1,1,'Verket');
INSERT INTO "ledger_event_agency" VALUES(2,0,'Tilsynet');
INSERT INTO "ledger_event_agency" VALUES(3,0,'Direktoratet');
INSERT INTO "ledger_event_agency" VALUES(4,0,'Direktoratet');
CREATE TABLE ledger_import (
	id INTEGER NOT NULL, 
	imported_at DATETIME NOT NULL, 
	file_name VARCHAR(400) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	undoes INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (undoes), 
	FOREIGN KEY(undoes) REFERENCES ledger_import (id)
);
INSERT INTO "ledger_import" VALUES(1,'2026-11-01 09:31:00.000000','flyttinger.csv','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',NULL);
INSERT INTO "ledger_import" VALUES(2,'2026-11-01 09:38:00.000000','feil.csv','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO "ledger_import" VALUES(3,'2026-11-01 09:45:00.000000','feil.csv','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',2);
CREATE INDEX ix_case_draft_changed_at ON case_draft (changed_at);
CREATE TRIGGER case_draft_version_no_update BEFORE update ON case_draft_version
BEGIN SELECT RAISE(ABORT, 'versions of a draft are only added to'); END;
CREATE TRIGGER case_draft_version_no_delete BEFORE delete ON case_draft_version
BEGIN SELECT RAISE(ABORT, 'versions of a draft are only added to'); END;
CREATE TRIGGER ledger_import_no_update BEFORE update ON ledger_import
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_import_no_delete BEFORE delete ON ledger_import
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE INDEX ix_ledger_event_municipality ON ledger_event (municipality);
CREATE INDEX ix_ledger_event_import_id ON ledger_event (import_id);
CREATE TRIGGER ledger_event_no_update BEFORE update ON ledger_event
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_event_no_delete BEFORE delete ON ledger_event
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_event_agency_no_update BEFORE update ON ledger_event_agency
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_event_agency_no_delete BEFORE delete ON ledger_event_agency
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
COMMIT;
