// A body that is to have somebody on it who speaks for the community has no such seat.
//
// Whoever speaks for a sector that is called a community counts, and a community or lay member; the voluntary
// sector does not. A body without stated members is left to the rule untestable.
//
// Severity: warning.
// Authority: The terms of reference themselves, which the dataset states as a requirement with
//   `tested_by: terms-of-reference/community-voice`.
//
// Mend: Find somebody, and add the seat and what it represents, with the citation; an organisation of the
//   kind sector stands for the community.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: That it has no such seat, and what is required.
// certainty: The weakest of what is required, that the body is bound by it, and the body.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id, then by message.
MATCH (requirement:Requirement)<-[bound:SUBJECT_TO]-(body:Body|Partnership)
WHERE requirement.tested_by = 'terms-of-reference/community-voice'
  AND bound.holds_from <= $as_of AND $as_of <= bound.holds_to
  AND EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
  AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)-[speaks:REPRESENTS]->(voice:Organisation)
    WHERE seat.role IN ['chair', 'vice-chair', 'lead', 'member'] AND voice.kind = 'sector'
      AND toLower(voice.name) CONTAINS 'communit' AND NOT toLower(voice.name) CONTAINS 'voluntary'
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
      AND speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
  } AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role IN ['chair', 'vice-chair', 'lead', 'member']
      AND (toLower(seat.name) CONTAINS 'communit' OR ' ' + toLower(seat.name) CONTAINS ' lay ')
      AND NOT toLower(seat.name) CONTAINS 'voluntary'
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
      AND NOT EXISTS {
        MATCH (seat)-[speaks:REPRESENTS]->()
        WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
      }
  }
UNWIND [requirement, bound, body] AS fact
UNWIND CASE WHEN size(fact.citations) = 0 THEN [null] ELSE fact.citations END AS citation
WITH requirement, body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH requirement, body,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'has no seat that speaks for the community; required is: ' + requirement.name AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id, message
