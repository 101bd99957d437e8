// No recent source confirms a body of a partnership or its seats.
//
// Severity: warning.
// Authority: Good practice: what is published about a partnership is looked through every few years.
// Mend: Look for a later document that names the body and its members, and cite it; or give what has ended
//   its `end_date`.
//
// $as_of: Date = today. The day asked about.
// $years: Integer = 3. For how many years a source counts as recent.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
WITH toString(date($as_of) - duration({years: $years})) AS limit_day
MATCH (body:Body)-[part:PART_OF*1..10]->(:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
CALL (body, limit_day) {
  OPTIONAL MATCH (body)<-[sits:ON]-(seat:Seat)
  WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  // A month or a year is over on its last day.
  WITH sits, seat, seat.last_seen < substring(limit_day, 0, size(seat.last_seen)) AS old
  RETURN count(seat) AS seats, collect(CASE WHEN old THEN seat END) AS old_seats,
    collect(CASE WHEN old THEN sits END) AS old_lines
}
WITH body, part, limit_day, seats, old_seats, old_lines,
  body.last_seen < substring(limit_day, 0, size(body.last_seen)) AS old
WHERE old OR size(old_seats) > 0
CALL (body) {
  // Of an undated source only the day before which it cannot be is known.
  UNWIND body.citations AS citation
  MATCH (source:Source {id: split(citation, ' ')[0]})
  WHERE coalesce(source.published, source.not_before) = body.last_seen
  WITH count(source) AS naming, count(source.published) AS dated
  RETURN naming > 0 AND dated = 0 AS undated
}
WITH body, undated, limit_day, seats, size(old_seats) AS old_count, old,
  [body] + part + old_seats + old_lines AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH body, undated, limit_day, seats, old_count, old, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, undated, limit_day, seats, old_count, old,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  CASE WHEN old THEN 'was last named by ' ELSE 'was named by ' END
    + CASE WHEN undated THEN 'an undated source (' + body.last_seen + ' at the earliest)'
      ELSE 'a source of ' + body.last_seen END
    + CASE WHEN old_count = 0 THEN '' ELSE CASE WHEN old THEN ', and ' ELSE ', but ' END
      + CASE WHEN seats = 1 THEN 'its only seat by none'
        WHEN old_count = seats THEN 'none of its ' + toString(seats) + ' seats by any'
        ELSE toString(old_count) + ' of its ' + toString(seats) + ' seats by none' END
      + ' since ' + limit_day END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN undated OR 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
