// A body that is to have every statutory partner on it has no seat for one of them.
//
// The statutory partners are those who have a lead seat on the partnership, or one whose category says so. A
// body without stated members is left to the rule untestable.
//
// Severity: warning.
// Authority: The terms of reference themselves, which the dataset states as a requirement with
//   `tested_by: terms-of-reference/statutory-partners`.
//
// Mend: Have the partner name somebody, and add the seat with its citation; where no text says who sits
//   there, find out, and until then say so in an issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: Which partners have no seat, and what is required.
// certainty: The weakest of what is required, that the body is bound by it, and the seats of the partners.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id, then by message.
MATCH (requirement:Requirement)<-[bound:SUBJECT_TO]-(body:Body)
WHERE requirement.tested_by = 'terms-of-reference/statutory-partners'
  AND bound.holds_from <= $as_of AND $as_of <= bound.holds_to
  AND EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
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
  AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)-[speaks:REPRESENTS]->(:Organisation)
      -[within:PART_OF*0..10]->(whole:Organisation)
    WHERE whole.id = partner.id AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
      AND speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
      AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  } AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)-[fills:FILLED_BY]->(:Post)-[works:POST_IN]->(:Organisation)
      -[within:PART_OF*0..10]->(whole:Organisation)
    WHERE whole.id = partner.id AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
      AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
      AND works.holds_from <= $as_of AND $as_of <= works.holds_to
      AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
      AND NOT EXISTS {
        MATCH (seat)-[speaks:REPRESENTS]->()
        WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
      }
  }
UNWIND [requirement, bound, body, has, lead, names] + part AS fact
UNWIND CASE WHEN size(fact.citations) = 0 THEN [null] ELSE fact.citations END AS citation
WITH requirement, body, partner, fact.certainty AS fact_certainty, citation
ORDER BY partner.name, partner.id, citation
WITH requirement, body, collect(DISTINCT partner.name) AS partners,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'has no seat for ' + reduce(text = partners[0], name IN partners[1..] | text + ', ' + name)
    + '; required is: ' + requirement.name AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id, message
