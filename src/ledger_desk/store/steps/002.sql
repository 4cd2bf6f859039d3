-- Version 2: exchange (model/exchanging.py), and what firms are compared by (store/likeness.py).
-- The computed index is made anew after this step (store/derived.py).

CREATE TABLE verdict (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    one TEXT,
    other TEXT,
    verdict TEXT,
    reason TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(one) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(other) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX verdict_one ON verdict (one);
CREATE INDEX verdict_other ON verdict (other);
CREATE TABLE intake (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    file TEXT,
    sheet TEXT,
    sender TEXT,
    content TEXT,
    layout TEXT,
    hash TEXT,
    new INTEGER,
    changed INTEGER,
    same INTEGER,
    doubtful INTEGER,
    wrong INTEGER,
    left_out INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE destination (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    private TEXT,
    codes TEXT,
    money TEXT,
    days TEXT,
    tokens INTEGER,
    contact TEXT,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE dispatch (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    day TEXT,
    time TEXT,
    file TEXT,
    folder TEXT,
    content TEXT,
    destination TEXT,
    receiver TEXT,
    purpose TEXT,
    person TEXT,
    rows INTEGER,
    private TEXT,
    hash TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(destination) REFERENCES destination (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX dispatch_day ON dispatch (day) WHERE removed = 0;
CREATE INDEX dispatch_destination ON dispatch (destination);
CREATE INDEX dispatch_person ON dispatch (person);
DROP TABLE enterprise_index;
CREATE TABLE enterprise_index (
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    size TEXT NOT NULL,
    complete INTEGER NOT NULL,
    finger TEXT NOT NULL,
    contact TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX enterprise_index_contact ON enterprise_index (contact) WHERE contact <> '';
CREATE INDEX enterprise_index_finger ON enterprise_index (finger) WHERE finger <> '';
