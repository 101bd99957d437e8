// A body of a partnership has no stated chair.
//
// Severity: warning.
// Authority: Good practice: somebody answers for each meeting being held and minuted.
// Mend: Add a seat with the role chair to the body, with its citation; where no text names one, say so in an
//   issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: How sure it is that the body is one of the partnership.
// citations: Where the body and its place in the partnership are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[part:PART_OF*1..10]->(:Partnership)
WHERE body.holds_from <= $as_of AND $as_of <= body.holds_to
  AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND body.kind IN ['board', 'executive', 'group', 'sub-group', 'panel', 'strand', 'forum']
  AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role = 'chair' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
WITH DISTINCT body
RETURN body.id AS subject_id, body.name AS subject, 'has no seat with the role chair' AS message,
  body.certainty AS certainty, body.citations AS citations
ORDER BY subject_id
