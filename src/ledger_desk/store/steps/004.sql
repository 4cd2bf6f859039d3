-- Version 4: the work from the visit to the loan (model/visiting.py, applying.py, pushing.py, renewing.py,
-- matters.py, campaigns.py); links and marks on what was there. The computed index is made anew.

CREATE TABLE guarantor (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    kind TEXT,
    contact TEXT,
    phone TEXT,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE product (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    bank TEXT,
    name TEXT,
    first_loan INTEGER,
    audience TEXT,
    most INTEGER,
    months INTEGER,
    rate INTEGER,
    security TEXT,
    online INTEGER,
    launched_on TEXT,
    stopped_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX product_bank ON product (bank);
CREATE TABLE team (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    bank TEXT,
    office TEXT,
    kind TEXT,
    name TEXT,
    leader TEXT,
    members TEXT,
    phone TEXT,
    since TEXT,
    until TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX team_bank ON team (bank);
CREATE INDEX team_office ON team (office);
CREATE TABLE park (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    code TEXT,
    township TEXT,
    place TEXT,
    stars TEXT,
    stars_on TEXT,
    pilot TEXT,
    operator TEXT,
    contact TEXT,
    phone TEXT,
    area INTEGER,
    filed_on TEXT,
    bank TEXT,
    agreed_on TEXT,
    risk_fund INTEGER,
    insured INTEGER,
    insurer TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX park_bank ON park (bank);
CREATE TABLE tenancy (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    park TEXT,
    enterprise TEXT,
    since TEXT,
    until TEXT,
    area INTEGER,
    focus TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(park) REFERENCES park (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX tenancy_park ON tenancy (park);
CREATE INDEX tenancy_enterprise ON tenancy (enterprise);
CREATE TABLE activity (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    kind TEXT,
    day TEXT,
    office TEXT,
    bank TEXT,
    township TEXT,
    place TEXT,
    host TEXT,
    firms INTEGER,
    people INTEGER,
    signed INTEGER,
    signed_amount INTEGER,
    channel TEXT,
    content TEXT,
    indicator TEXT,
    period TEXT,
    due_on TEXT,
    sent_on TEXT,
    sent_to TEXT,
    used INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX activity_day ON activity (day) WHERE removed = 0;
CREATE INDEX activity_office ON activity (office);
CREATE INDEX activity_bank ON activity (bank);
CREATE TABLE attendance (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    activity TEXT,
    enterprise TEXT,
    asked TEXT,
    answer TEXT,
    amount INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(activity) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX attendance_activity ON attendance (activity);
CREATE INDEX attendance_enterprise ON attendance (enterprise);
CREATE TABLE visit_plan (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    round INTEGER,
    office TEXT,
    scope TEXT,
    covers TEXT,
    starts_on TEXT,
    due_on TEXT,
    warn_days INTEGER,
    state TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX visit_plan_office ON visit_plan (office);
CREATE TABLE visit_task (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    "plan" TEXT,
    enterprise TEXT,
    first TEXT,
    second TEXT,
    bank TEXT,
    township TEXT,
    due_on TEXT,
    done_on TEXT,
    dropped TEXT,
    dropped_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY("plan") REFERENCES visit_plan (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(first) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(second) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX visit_task_plan ON visit_task ("plan") WHERE plan IS NOT NULL;
CREATE INDEX visit_task_enterprise ON visit_task (enterprise) WHERE enterprise IS NOT NULL;
CREATE INDEX visit_task_first ON visit_task (first) WHERE first IS NOT NULL;
CREATE INDEX visit_task_second ON visit_task (second) WHERE second IS NOT NULL;
CREATE INDEX visit_task_bank ON visit_task (bank) WHERE bank IS NOT NULL;
CREATE INDEX visit_task_due_on ON visit_task (due_on) WHERE removed = 0;
CREATE INDEX visit_task_open ON visit_task (due_on) WHERE removed = 0 AND done_on IS NULL;
CREATE TABLE visit (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    day TEXT,
    kind TEXT,
    method TEXT,
    planned TEXT,
    office TEXT,
    first TEXT,
    second TEXT,
    bank TEXT,
    manager TEXT,
    township TEXT,
    place TEXT,
    met TEXT,
    met_role TEXT,
    met_phone TEXT,
    met_owner INTEGER,
    result TEXT,
    situation TEXT,
    staff INTEGER,
    revenue INTEGER,
    revenue_expected INTEGER,
    borrowed INTEGER,
    borrowed_balance INTEGER,
    renewal_wanted INTEGER,
    has_need INTEGER,
    amount INTEGER,
    purpose TEXT,
    months INTEGER,
    rate INTEGER,
    security TEXT,
    wanted_on TEXT,
    bank1 TEXT,
    bank2 TEXT,
    lawful TEXT,
    lawful_why TEXT,
    settled TEXT,
    settled_why TEXT,
    genuine TEXT,
    genuine_why TEXT,
    creditworthy TEXT,
    creditworthy_why TEXT,
    proper TEXT,
    proper_why TEXT,
    difficulty_kind TEXT,
    difficulty TEXT,
    loan TEXT,
    use_found TEXT,
    next_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(planned) REFERENCES visit_task (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(first) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(second) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank1) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank2) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX visit_day ON visit (day) WHERE removed = 0;
CREATE INDEX visit_planned ON visit (planned) WHERE planned IS NOT NULL;
CREATE INDEX visit_office ON visit (office) WHERE office IS NOT NULL;
CREATE INDEX visit_first ON visit (first) WHERE first IS NOT NULL;
CREATE INDEX visit_second ON visit (second) WHERE second IS NOT NULL;
CREATE INDEX visit_bank ON visit (bank) WHERE bank IS NOT NULL;
CREATE INDEX visit_bank1 ON visit (bank1) WHERE bank1 IS NOT NULL;
CREATE INDEX visit_bank2 ON visit (bank2) WHERE bank2 IS NOT NULL;
CREATE INDEX visit_loan ON visit (loan) WHERE loan IS NOT NULL;
CREATE INDEX visit_next_on ON visit (next_on) WHERE removed = 0 AND next_on IS NOT NULL;
CREATE INDEX visit_enterprise ON visit (enterprise, day, id, next_on, removed) WHERE enterprise IS NOT NULL;
CREATE INDEX visit_facts ON visit ((1 * (coalesce(kind, '') <> '窗口咨询') + 2 * (coalesce(result, '') NOT IN ('查无此户', '拒访', '无法联系')) + 4 * (coalesce(first <> '' AND (second <> '' OR manager <> ''), 0)) + 8 * (coalesce(met_owner, 0)) + 16 * (coalesce(method, '') = '实地') + 32 * (coalesce(place, '') <> '')), day) WHERE removed = 0;
CREATE INDEX visit_five ON visit (lawful, settled, genuine, creditworthy, proper, day) WHERE removed = 0 AND lawful IS NOT NULL;
CREATE INDEX visit_kind ON visit (kind, day) WHERE removed = 0;
CREATE INDEX visit_need ON visit (has_need, day) WHERE removed = 0;
CREATE TABLE application (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    no TEXT,
    enterprise TEXT,
    applied_on TEXT,
    source TEXT,
    visit TEXT,
    recommender TEXT,
    office TEXT,
    entered_by TEXT,
    township TEXT,
    again_of TEXT,
    amount INTEGER,
    months INTEGER,
    purpose TEXT,
    security TEXT,
    rate INTEGER,
    bank1 TEXT,
    bank2 TEXT,
    first_loan INTEGER,
    renewal INTEGER,
    lawful TEXT,
    lawful_why TEXT,
    settled TEXT,
    settled_why TEXT,
    genuine TEXT,
    genuine_why TEXT,
    creditworthy TEXT,
    creditworthy_why TEXT,
    proper TEXT,
    proper_why TEXT,
    state TEXT,
    state_on TEXT,
    listed_on TEXT,
    recommended_on TEXT,
    batch TEXT,
    outside_bank TEXT,
    left_on TEXT,
    left_why TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(visit) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(recommender) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(entered_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(again_of) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank1) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank2) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(outside_bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX application_no ON application (no) WHERE removed = 0;
CREATE INDEX application_enterprise ON application (enterprise);
CREATE INDEX application_applied_on ON application (applied_on) WHERE removed = 0;
CREATE INDEX application_visit ON application (visit);
CREATE INDEX application_recommender ON application (recommender);
CREATE INDEX application_office ON application (office);
CREATE INDEX application_entered_by ON application (entered_by);
CREATE INDEX application_again_of ON application (again_of);
CREATE INDEX application_bank1 ON application (bank1);
CREATE INDEX application_bank2 ON application (bank2);
CREATE INDEX application_state ON application (state) WHERE removed = 0;
CREATE INDEX application_outside_bank ON application (outside_bank);
CREATE TABLE review (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    application TEXT,
    level TEXT,
    verdict TEXT,
    opinion TEXT,
    reviewer TEXT,
    bank TEXT,
    day TEXT,
    sheet TEXT,
    frozen TEXT,
    fingerprint TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(application) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(reviewer) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX review_application ON review (application);
CREATE INDEX review_reviewer ON review (reviewer);
CREATE INDEX review_bank ON review (bank);
CREATE TABLE dept_check (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    application TEXT,
    item TEXT,
    department TEXT,
    result TEXT,
    day TEXT,
    remark TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(application) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX dept_check_application ON dept_check (application);
CREATE TABLE push_batch (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    no TEXT,
    day TEXT,
    bank TEXT,
    guarantor TEXT,
    sender TEXT,
    returned_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(guarantor) REFERENCES guarantor (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(sender) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX push_batch_bank ON push_batch (bank);
CREATE INDEX push_batch_guarantor ON push_batch (guarantor);
CREATE INDEX push_batch_sender ON push_batch (sender);
CREATE TABLE referral (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    application TEXT,
    enterprise TEXT,
    batch TEXT,
    bank TEXT,
    guarantor TEXT,
    pushed_on TEXT,
    township TEXT,
    manager TEXT,
    accepted_on TEXT,
    complete_on TEXT,
    given_up_on TEXT,
    given_up_why TEXT,
    qualified INTEGER,
    qualified_on TEXT,
    wants_money INTEGER,
    wants_on TEXT,
    answered_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(application) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(batch) REFERENCES push_batch (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(guarantor) REFERENCES guarantor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX referral_application ON referral (application);
CREATE INDEX referral_enterprise ON referral (enterprise);
CREATE INDEX referral_batch ON referral (batch);
CREATE INDEX referral_bank ON referral (bank);
CREATE INDEX referral_guarantor ON referral (guarantor);
CREATE INDEX referral_pushed_on ON referral (pushed_on) WHERE removed = 0;
CREATE TABLE renewal (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    bank TEXT,
    loan TEXT,
    township TEXT,
    due_on TEXT,
    due_amount INTEGER,
    asked_on TEXT,
    wanted INTEGER,
    wanted_amount INTEGER,
    list_name TEXT,
    list_why TEXT,
    way TEXT,
    done_on TEXT,
    amount INTEGER,
    rate INTEGER,
    new_loan TEXT,
    new_due_on TEXT,
    why_not TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(new_loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX renewal_enterprise ON renewal (enterprise);
CREATE INDEX renewal_bank ON renewal (bank);
CREATE INDEX renewal_loan ON renewal (loan);
CREATE INDEX renewal_due_on ON renewal (due_on) WHERE removed = 0;
CREATE INDEX renewal_new_loan ON renewal (new_loan);
CREATE TABLE guarantee (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    guarantor TEXT,
    bank TEXT,
    loan TEXT,
    amount INTEGER,
    balance INTEGER,
    fee INTEGER,
    since TEXT,
    until TEXT,
    released_on TEXT,
    share_guarantor INTEGER,
    share_bank INTEGER,
    share_higher INTEGER,
    share_government INTEGER,
    small_rural INTEGER,
    no_loan_before INTEGER,
    paid_out_on TEXT,
    paid_out INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(guarantor) REFERENCES guarantor (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX guarantee_enterprise ON guarantee (enterprise);
CREATE INDEX guarantee_guarantor ON guarantee (guarantor);
CREATE INDEX guarantee_bank ON guarantee (bank);
CREATE INDEX guarantee_loan ON guarantee (loan);
CREATE TABLE ticket (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    no TEXT,
    source TEXT,
    enterprise TEXT,
    bank TEXT,
    visit TEXT,
    township TEXT,
    contact TEXT,
    phone TEXT,
    collected_on TEXT,
    collector TEXT,
    kind TEXT,
    problem TEXT,
    appeal TEXT,
    weight TEXT,
    proposal TEXT,
    judged_on TEXT,
    instruction TEXT,
    lead TEXT,
    assist TEXT,
    handed_on TEXT,
    due_on TEXT,
    fed_back_on TEXT,
    lenient INTEGER,
    promised INTEGER,
    parallel INTEGER,
    green INTEGER,
    escalated_on TEXT,
    escalated_to TEXT,
    extended_to TEXT,
    extended_why TEXT,
    solved_on TEXT,
    outcome TEXT,
    answered_on TEXT,
    satisfied TEXT,
    satisfied_way TEXT,
    closed_on TEXT,
    closer TEXT,
    state TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(visit) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(collector) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(closer) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ticket_no ON ticket (no) WHERE removed = 0;
CREATE INDEX ticket_enterprise ON ticket (enterprise);
CREATE INDEX ticket_bank ON ticket (bank);
CREATE INDEX ticket_visit ON ticket (visit);
CREATE INDEX ticket_collected_on ON ticket (collected_on) WHERE removed = 0;
CREATE INDEX ticket_collector ON ticket (collector);
CREATE INDEX ticket_closer ON ticket (closer);
CREATE INDEX ticket_state ON ticket (state) WHERE removed = 0;
CREATE TABLE ticket_action (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    ticket TEXT,
    day TEXT,
    stage TEXT,
    unit TEXT,
    who TEXT,
    content TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(ticket) REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(who) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ticket_action_ticket ON ticket_action (ticket);
CREATE INDEX ticket_action_who ON ticket_action (who);
CREATE TABLE inspection (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    kind TEXT,
    day TEXT,
    bank TEXT,
    branch TEXT,
    who TEXT,
    business TEXT,
    steps INTEGER,
    papers INTEGER,
    days INTEGER,
    online INTEGER,
    promise_shown INTEGER,
    told_once INTEGER,
    finding TEXT,
    advice TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX inspection_bank ON inspection (bank);
CREATE TABLE rectification (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    no TEXT,
    source TEXT,
    inspection TEXT,
    bank TEXT,
    unit TEXT,
    person TEXT,
    found_on TEXT,
    problem TEXT,
    cause TEXT,
    goal TEXT,
    measure TEXT,
    due_on TEXT,
    order_no TEXT,
    ordered_on TEXT,
    watched_on TEXT,
    progress TEXT,
    done_on TEXT,
    proof TEXT,
    checked_on TEXT,
    checked_by TEXT,
    talked_on TEXT,
    held_to_account TEXT,
    state TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(inspection) REFERENCES inspection (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX rectification_inspection ON rectification (inspection);
CREATE INDEX rectification_bank ON rectification (bank);
CREATE INDEX rectification_state ON rectification (state) WHERE removed = 0;
CREATE TABLE complaint (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    received_on TEXT,
    bank TEXT,
    enterprise TEXT,
    channel TEXT,
    kind TEXT,
    amount INTEGER,
    content TEXT,
    result TEXT,
    handled_on TEXT,
    measure TEXT,
    refunded INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX complaint_bank ON complaint (bank);
CREATE INDEX complaint_enterprise ON complaint (enterprise);
CREATE TABLE intermediary (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    code TEXT,
    person TEXT,
    phone TEXT,
    place TEXT,
    deeds TEXT,
    facts TEXT,
    found_on TEXT,
    source TEXT,
    handed_to TEXT,
    handed_on TEXT,
    state TEXT,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE duty_case (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    day TEXT,
    bank TEXT,
    unit TEXT,
    person TEXT,
    enterprise TEXT,
    amount INTEGER,
    facts TEXT,
    exempt INTEGER,
    basis TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX duty_case_bank ON duty_case (bank);
CREATE INDEX duty_case_enterprise ON duty_case (enterprise);
CREATE TABLE target (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    indicator TEXT,
    office TEXT,
    bank TEXT,
    bank_type TEXT,
    township TEXT,
    scope TEXT,
    since TEXT,
    until TEXT,
    value INTEGER,
    unit TEXT,
    reading TEXT,
    clause TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX target_office ON target (office);
CREATE INDEX target_bank ON target (bank);
ALTER TABLE cultivation ADD COLUMN referral TEXT REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX cultivation_referral ON cultivation (referral);
ALTER TABLE cultivation ADD COLUMN team TEXT REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX cultivation_team ON cultivation (team);
ALTER TABLE cultivation ADD COLUMN product TEXT REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX cultivation_product ON cultivation (product);
ALTER TABLE matching ADD COLUMN referral TEXT REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX matching_referral ON matching (referral);
ALTER TABLE matching ADD COLUMN activity TEXT REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX matching_activity ON matching (activity);
ALTER TABLE matching ADD COLUMN township TEXT;
ALTER TABLE credit ADD COLUMN reason TEXT;
ALTER TABLE credit ADD COLUMN repairable INTEGER;
ALTER TABLE credit ADD COLUMN department TEXT;
ALTER TABLE credit ADD COLUMN measure TEXT;
ALTER TABLE credit ADD COLUMN mend_by TEXT;
ALTER TABLE credit ADD COLUMN fed_back_on TEXT;
ALTER TABLE credit ADD COLUMN product TEXT;
ALTER TABLE loan ADD COLUMN months INTEGER;
ALTER TABLE loan ADD COLUMN first_marked INTEGER;
ALTER TABLE loan ADD COLUMN relending INTEGER;
ALTER TABLE loan ADD COLUMN subsidised INTEGER;
ALTER TABLE loan ADD COLUMN rewarded INTEGER;
ALTER TABLE loan ADD COLUMN risk_covered INTEGER;
ALTER TABLE loan ADD COLUMN guarantor TEXT REFERENCES guarantor (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX loan_guarantor ON loan (guarantor);
ALTER TABLE loan ADD COLUMN township TEXT;
