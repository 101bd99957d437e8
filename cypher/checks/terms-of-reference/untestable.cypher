// A requirement names the rule that tests it, but what the rule has to know of the body is not stated.
//
// Severity: note.
// Authority: The terms of reference themselves, which the dataset states as requirements with `tested_by`.
//
// Mend: Add the seats of the body, or the lead seats of the statutory partners on the partnership, with their
//   citations; where no text has them, say so in an issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body or partnership that is bound by the requirement.
// message: What is required, and why it cannot be tested.
// certainty: The weakest of what is required, that the body is bound by it, and the body.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id.
MATCH (requirement:Requirement)<-[bound:SUBJECT_TO]-(body:Body|Partnership)
WHERE requirement.tested_by IN ['terms-of-reference/statutory-partners', 'terms-of-reference/community-voice']
  AND bound.holds_from <= $as_of AND $as_of <= bound.holds_to
WITH requirement, bound, body, CASE
  WHEN body:Partnership AND requirement.tested_by = 'terms-of-reference/statutory-partners'
    THEN 'it is tested of bodies, and this is a partnership'
  WHEN NOT EXISTS {
      MATCH (body)<-[sits:ON]-(seat:Seat)
      WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  } THEN 'who sits on it is not stated'
  WHEN requirement.tested_by = 'terms-of-reference/statutory-partners' AND NOT EXISTS {
    MATCH (body)-[part:PART_OF*1..10]->(partnership:Partnership)<-[has:ON]-(lead:Seat)
      -[names:REPRESENTS]->(partner:Organisation)
    WHERE coalesce(partner.kind, '') <> 'sector'
      AND (lead.role = 'lead'
        OR (toLower(lead.category) CONTAINS 'safeguarding partner'
          OR toLower(lead.category) CONTAINS 'statutory partner')
          AND NOT toLower(lead.category) CONTAINS 'non')
      AND has.holds_from <= $as_of AND $as_of <= has.holds_to
      AND names.holds_from <= $as_of AND $as_of <= names.holds_to
      AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  } THEN 'who the statutory partners are is not stated'
  END AS reason
WHERE reason IS NOT NULL
UNWIND [requirement, bound, body] AS fact
UNWIND CASE WHEN size(fact.citations) = 0 THEN [null] ELSE fact.citations END AS citation
WITH body, reason + ': ' + requirement.name AS wanted, fact.certainty AS fact_certainty, citation
ORDER BY wanted, citation
WITH body, collect(DISTINCT wanted) AS all_wanted,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'is not tested, since ' + reduce(text = all_wanted[0], one IN all_wanted[1..] | text + '; since ' + one)
    AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
