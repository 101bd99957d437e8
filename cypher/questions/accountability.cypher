// Every route of accountability from a body up to who stays accountable, and who acts for them there.
//
// $body: Body. The body at which the routes begin.
// $as_of: Date = today. The day asked about.
//
// route_ids, route: The way up by ACCOUNTABLE_TO, the body first, whoever stays accountable last; a list.
// delegate_id, delegate: The post on the last body of the route that acts for the officer.
// officer_id, officer: The post that stays accountable; empty where the route ends at no post.
// organisation_id, organisation: The officer's organisation, or the one that the route ends at.
// certainty: The weakest on the way.
// citations: Where all of it is taken from; a list.
//
// Sorted by route_ids, then by delegate_id and organisation_id.
// Bounded: 30 steps.
// Too many: _accountability.
// How many ways lead up, at most: where there are diamonds there can be too many for a store to walk.
CALL () {
  MATCH (:Body {id: $body})-[:ACCOUNTABLE_TO*0..29]->(lower:Body)
  WITH DISTINCT lower
  MATCH (lower)-[line:ACCOUNTABLE_TO]->(upper)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH lower.id AS lower_id, upper.id AS upper_id LIMIT 101
  WITH lower_id, collect(upper_id) AS upper_ids
  RETURN collect(lower_id) AS ids, collect(upper_ids) AS lines, sum(size(upper_ids)) AS number
}
WITH ids, number,
  [upper_ids IN lines | [id IN upper_ids | head([i IN range(0, size(ids) - 1) WHERE ids[i] = id])]] AS lines
WITH ids, number, reduce(ways = [uppers IN lines | 0], step IN range(1, 30) |
  [uppers IN lines | reduce(n = 0, i IN uppers |
    CASE WHEN n > 1000 THEN n ELSE n + 1 + CASE WHEN i IS NULL THEN 0 ELSE ways[i] END END)]) AS ways
WITH number > 100 OR head([i IN range(0, size(ids) - 1) WHERE ids[i] = $body | ways[i]]) > 1000 AS too_many
CALL (too_many) {
  WITH too_many WHERE NOT too_many
  MATCH path = (:Body {id: $body})-[:ACCOUNTABLE_TO*1..30]->(top)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND (length(path) = 30 OR NOT EXISTS {
      MATCH (top)-[next:ACCOUNTABLE_TO]->()
      WHERE next.holds_from <= $as_of AND $as_of <= next.holds_to
    })
  WITH path, top, [n IN nodes(path) | n.id] AS route_ids
  // Nothing twice: quicker than to compare the nodes themselves, each with each.
  WHERE all(i IN range(0, size(route_ids) - 2) WHERE NOT route_ids[i] IN route_ids[(i + 1)..])
  WITH path, top, nodes(path)[length(path) - 1] AS last, route_ids, [n IN nodes(path) | n.name] AS route,
    EXISTS {
      MATCH (top)-[next:ACCOUNTABLE_TO]->()
      WHERE next.holds_from <= $as_of AND $as_of <= next.holds_to
    } AS bounded
  OPTIONAL MATCH (delegate:Post)-[acts:ACTS_FOR]->(top:Post)
  WHERE acts.holds_from <= $as_of AND $as_of <= acts.holds_to
    AND EXISTS {
      MATCH (delegate)<-[fills:FILLED_BY]-(:Seat)-[sits:ON]->(last)
      WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
        AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    }
  OPTIONAL MATCH (top)-[within:POST_IN]->(employer:Organisation)
  WHERE within.holds_from <= $as_of AND $as_of <= within.holds_to
  CALL (path, last, delegate, acts, within) {
    UNWIND relationships(path) AS line
    RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
    UNION ALL
    UNWIND [line IN [acts, within] WHERE line IS NOT NULL] AS line
    RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
    UNION ALL
    MATCH (delegate)<-[fills:FILLED_BY]-(seat:Seat)-[sits:ON]->(last)
    WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    UNWIND [fills, seat, sits] AS fact
    RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  }
  UNWIND fact_citations AS citation
  WITH route_ids, route, top, delegate, employer, bounded, fact_certainty, citation
  ORDER BY citation
  WITH route_ids, route, top, delegate, employer, bounded,
    collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
  RETURN route_ids, route, delegate.id AS delegate_id, delegate.name AS delegate,
    CASE WHEN top:Post THEN top.id END AS officer_id, CASE WHEN top:Post THEN top.name END AS officer,
    CASE WHEN top:Organisation THEN top.id ELSE employer.id END AS organisation_id,
    CASE WHEN top:Organisation THEN top.name ELSE employer.name END AS organisation,
    CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
      WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
    citations, bounded
  UNION ALL
  WITH too_many WHERE too_many
  RETURN null AS route_ids, null AS route, null AS delegate_id, null AS delegate, null AS officer_id,
    null AS officer, null AS organisation_id, null AS organisation, null AS certainty, null AS citations,
    false AS bounded
}
RETURN route_ids, route, delegate_id, delegate, officer_id, officer, organisation_id, organisation, certainty,
  citations, bounded, too_many
ORDER BY route_ids, delegate_id, organisation_id
