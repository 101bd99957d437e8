// Everything, thing or line, that is taken from one document, or from one of its sections.
//
// $document: Source. The document.
// $section: Text = any. One section only, as citations have it: Section 5.
// $people: Boolean = false. Whether people who hold posts are named.
//
// thing_id, thing: The thing; or the line: where it begins, its relation, where it leads and what about.
// label: What it is: Body, Seat, Event and so on; for a line its relation.
// sections: The sections of the document that it is taken from; a list.
// last_seen: When the last source that names it was published.
// certainty: How sure it is.
// citations: Everywhere that it is taken from, other documents included; a list.
//
// Sorted by label, by name or by the names of both ends, and by thing_id.
WITH $document + ' ' AS start
CALL (start) {
  MATCH (fact)
  WHERE any(c IN fact.citations WHERE c STARTS WITH start AND ($section IS NULL OR c = start + $section))
    AND ($people OR NOT fact:Person)
  RETURN fact, fact AS one, null AS other, labels(fact)[0] AS label
  UNION ALL
  MATCH (one)-[fact]->(other)
  WHERE any(c IN fact.citations WHERE c STARTS WITH start AND ($section IS NULL OR c = start + $section))
    AND ($people OR NOT (one:Person OR other:Person))
  RETURN fact, one, other, type(fact) AS label
}
// A seat's name is only a line of a list: which list, says the body.
CALL (one, label) {
  OPTIONAL MATCH (one:Seat)-[:ON]->(place)
  WHERE label <> 'ON'
  WITH place.name AS name ORDER BY name
  RETURN coalesce(' (seat on ' + head(collect(name)) + ')', '') AS one_on
}
CALL (other) {
  OPTIONAL MATCH (other:Seat)-[:ON]->(place)
  WITH place.name AS name ORDER BY name
  RETURN coalesce(' (seat on ' + head(collect(name)) + ')', '') AS other_on
}
CALL (fact) {
  UNWIND fact.citations AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN fact.id AS thing_id,
  one.name + one_on + CASE WHEN other IS NULL THEN '' ELSE
    CASE WHEN label ENDS WITH '_BY' OR label IN
      ['ACCOUNTABLE_TO', 'ON', 'PART_OF', 'PARTY_TO', 'SUBJECT_TO'] THEN ' is ' ELSE ' ' END
    + CASE label WHEN 'POST_IN' THEN 'is a post in' WHEN 'CONTRIBUTES' THEN 'contributes to'
      ELSE toLower(replace(label, '_', ' ')) END
    + ' ' + other.name + other_on + coalesce(': ' + fact.subject, '') END AS thing,
  label, [c IN citations WHERE c STARTS WITH start | substring(c, size(start))] AS sections,
  fact.last_seen AS last_seen, fact.certainty AS certainty, citations
ORDER BY label, one.name, other.name, thing_id
