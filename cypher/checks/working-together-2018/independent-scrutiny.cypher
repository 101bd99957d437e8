// Nobody independent is stated to scrutinise the arrangements.
//
// An independent chair or scrutineer counts, and whoever scrutinises from outside: not the three partners, no
// body of the partnership, and no inspectorate, which comes whatever is arranged.
//
// Severity: warning.
// Authority: Children Act 2004, section 16G: the arrangements must include scrutiny of their effectiveness
//   by an independent person. Working Together to Safeguard Children 2018, chapter 3: they set out how.
//
// Mend: Add the post or organisation that scrutinises, with a line SCRUTINISES to the partnership, or the
//   seat of the independent chair, with the citation. Where there is none, the three partners have to arrange
//   it.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The guidance.
//
// subject_id, subject: What the guidance mandates: a partnership, or a body that is in none which it does.
// message: Whether nobody is stated or the seat is vacant.
// certainty: The weakest of its mandate and the vacant seat.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (subject:Body|Partnership)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT subject
WHERE NOT EXISTS {
  MATCH (subject)-[part:PART_OF*1..10]->(whole)-[other:MANDATED_BY]->(guidance:Instrument)
  WHERE guidance.id IN $instruments AND whole.id <> subject.id
    AND other.holds_from <= $as_of AND $as_of <= other.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[looks:SCRUTINISES]-(post:Post)
  WHERE looks.holds_from <= $as_of AND $as_of <= looks.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND NOT EXISTS {
      MATCH (post)-[within:POST_IN]->(:Organisation)-[up:PART_OF*0..10]->(agency:Organisation)
      WHERE agency.kind IN ['local-authority', 'police', 'nhs-commissioner']
        AND within.holds_from <= $as_of AND $as_of <= within.holds_to
        AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    }
    AND (any(name IN [post.name] + post.aliases WHERE toLower(name) CONTAINS 'independent') OR NOT EXISTS {
      MATCH (post)-[within:POST_IN]->(:Body)-[up:PART_OF*0..10]->(own)
      WHERE own.id = subject.id
        AND within.holds_from <= $as_of AND $as_of <= within.holds_to
        AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    })
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[looks:SCRUTINISES]-(outsider:Organisation)
  WHERE looks.holds_from <= $as_of AND $as_of <= looks.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND NOT coalesce(outsider.kind, '') IN ['regulator', 'government', 'sector']
    AND NOT EXISTS {
      MATCH (outsider)-[up:PART_OF*0..10]->(agency:Organisation)
      WHERE agency.kind IN ['local-authority', 'police', 'nhs-commissioner']
        AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    }
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[looks:SCRUTINISES]-(outside:Body)
  WHERE looks.holds_from <= $as_of AND $as_of <= looks.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND NOT EXISTS {
      MATCH (outside)-[up:PART_OF*0..10]->(own)
      WHERE own.id = subject.id
        AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    }
    AND NOT EXISTS {
      MATCH (outside)-[tie:ESTABLISHED_BY|HOSTED_BY|ACCOUNTABLE_TO]->(:Organisation)
        -[up:PART_OF*0..10]->(agency:Organisation)
      WHERE agency.kind IN ['local-authority', 'police', 'nhs-commissioner']
        AND tie.holds_from <= $as_of AND $as_of <= tie.holds_to
        AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    }
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[sits:ON]-(seat:Seat)
  WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND coalesce(seat.state, 'not-stated') <> 'vacant'
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND (seat.role = 'chair' OR toLower(seat.name) CONTAINS 'scrutin')
    AND (toLower(seat.name + ' ' + coalesce(seat.category, '')) CONTAINS 'independent' OR EXISTS {
      MATCH (seat)-[fills:FILLED_BY]->(holder:Post)
      WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
        AND any(name IN [holder.name] + holder.aliases WHERE toLower(name) CONTAINS 'independent')
    })
}
WITH subject, CASE WHEN EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[sits:ON]-(seat:Seat)
  WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to AND seat.state = 'vacant'
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND (seat.role = 'chair' OR toLower(seat.name) CONTAINS 'scrutin')
    AND (toLower(seat.name + ' ' + coalesce(seat.category, '')) CONTAINS 'independent' OR EXISTS {
      MATCH (seat)-[fills:FILLED_BY]->(holder:Post)
      WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
        AND any(name IN [holder.name] + holder.aliases WHERE toLower(name) CONTAINS 'independent')
    })
} THEN 'has no independent scrutiny: the seat for it is vacant'
  ELSE 'is not stated to be scrutinised by anybody independent' END AS message
CALL (subject) {
  RETURN subject.certainty AS fact_certainty, subject.citations AS fact_citations
  UNION ALL
  MATCH (subject)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
  UNION ALL
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[sits:ON]-(seat:Seat)
  WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to AND seat.state = 'vacant'
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND (seat.role = 'chair' OR toLower(seat.name) CONTAINS 'scrutin')
    AND (toLower(seat.name + ' ' + coalesce(seat.category, '')) CONTAINS 'independent' OR EXISTS {
      MATCH (seat)-[fills:FILLED_BY]->(holder:Post)
      WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
        AND any(name IN [holder.name] + holder.aliases WHERE toLower(name) CONTAINS 'independent')
    })
  UNWIND [seat, sits] + part AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
}
UNWIND CASE WHEN size(fact_citations) = 0 THEN [null] ELSE fact_citations END AS citation
WITH subject, message, fact_certainty, citation ORDER BY citation
WITH subject, message,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN subject.id AS subject_id, subject.name AS subject, message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
