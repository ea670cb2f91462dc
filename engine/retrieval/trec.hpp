// SPDX-License-Identifier: GPL-3.0-or-later
//
// TREC: the markup of documents, topics (queries), judgements and runs at the Text REtrieval
// Conference (Voorhees, Harman 2005), in which test collections are still handed on.
//
//   <doc> <docno>1</docno> <title>wing in a slipstream</title> <text>…</text> </doc>
//   <top> <num> 1</num> <title>what similarity laws …</title> </top>
//
// It is markup and not XML: there need be no root, tags are read in any case of letters, a topic's
// fields need no end tag, and a lone `&` or `<` is text. A document's text is its title, a space
// and its text (every <text>, in order). Tags within are spaces; the five entities of XML and
// numeric ones are decoded. Fields with other names are left out.
#pragma once

#include <string>
#include <string_view>

#include "engine/retrieval/collection.hpp"

namespace rehearse::retrieval {

// Errors, with the line where the entry begins: an element that does not end (a truncated file), no
// number, neither title nor text, text between entries; those of CollectionBuilder. O(bytes).
Result<Collection> parse_trec_documents(std::string_view text, const CollectionOptions& options,
                                        const std::string& name, const Progress& progress = {});
// The query is the title alone. A number may be written `Number: 301`.
Result<Collection> parse_trec_topics(std::string_view text, const CollectionOptions& options,
                                     const std::string& name);

}  // namespace rehearse::retrieval
