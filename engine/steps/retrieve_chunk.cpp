// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/chunking.hpp"
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {
namespace {

using retrieval::Chunk;

retrieval::ChunkOptions chunk_options(const StepCall& call) {
  retrieval::ChunkOptions o;
  const std::string &cut = call.text("cut"), &context = call.text("context");
  o.cut = cut == "whole"    ? retrieval::Cut::whole
          : cut == "tokens" ? retrieval::Cut::tokens
                            : retrieval::Cut::sentences;
  o.context = context == "title"  ? retrieval::Context::title
              : context == "none" ? retrieval::Context::none
                                  : retrieval::Context::title_and_parent;
  o.tokens = static_cast<std::size_t>(call.integer("words"));
  o.overlap = static_cast<std::size_t>(call.integer("overlap"));
  return o;
}

// Views of the cells, which live as long as the table.
Result<std::vector<retrieval::ChunkedDocument>> chunked_documents(
    const Frame& table, const std::vector<std::string>& texts,
    const std::vector<std::string>& ids) {
  const auto places = places_of(ids, "document");
  if (!places) return fail(places.error());
  const Column *title = table.find("title"), *parent = table.find("parent");
  for (const Column* column : {title, parent})
    if (column && column->numeric())
      return fail(Code::bad_data, "the column `{}` holds numbers; texts are due", column->name());
  std::vector<retrieval::ChunkedDocument> documents(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    documents[i].text = texts[i];
    if (title) documents[i].title = title->text(i);
    if (!parent || parent->missing(i)) continue;
    const auto above = places->find(std::string(parent->text(i)));
    if (above == places->end())
      return fail(Code::bad_data, "row {}: the parent `{}` is no document of the table", i + 1,
                  parent->text(i));
    documents[i].parent = static_cast<retrieval::DocumentId>(above->second);
  }
  return documents;
}

Result<Outputs> run_retrieve_chunk(const StepCall& call, const StepContext& context) {
  const Frame& table = call.input("documents")->as_frame();
  const auto ids = texts_of(table, "document"), texts = texts_of(table, "text");
  if (!ids) return fail(ids.error());
  if (!texts) return fail(texts.error());
  const auto documents = chunked_documents(table, *texts, *ids);
  if (!documents) return fail(documents.error());
  auto chunks = retrieval::chunk_documents(*documents, chunk_options(call), context.progress);
  if (!chunks) return fail(chunks.error());
  const Column* days = table.find("day");
  if (days && !days->numeric())
    return fail(Code::bad_data, "the column `day` holds texts; numbers are due");
  const double before = call.number("before_day");
  std::vector<std::string> passage, document, written;
  std::vector<double> begin, end, context_bytes, day;
  std::vector<std::uint8_t> dated;
  std::size_t of_document = 0;
  for (std::size_t i = 0; i < chunks->size(); ++i) {
    const Chunk& chunk = (*chunks)[i];
    of_document = i > 0 && (*chunks)[i - 1].document == chunk.document ? of_document + 1 : 1;
    const double when = days ? days->number(chunk.document) : std::nan("");
    if (when >= before) continue;
    passage.push_back(fmt::format("{}#{}", (*ids)[chunk.document], of_document));
    document.push_back((*ids)[chunk.document]), written.push_back(chunk.text);
    begin.push_back(static_cast<double>(chunk.range.begin));
    end.push_back(static_cast<double>(chunk.range.end));
    context_bytes.push_back(static_cast<double>(chunk.context_bytes));
    day.push_back(std::isnan(when) ? 0 : when), dated.push_back(!std::isnan(when));
  }
  if (passage.empty())
    return fail(Code::bad_data, "no document was written before day {:g}", before);
  Frame::Builder b;
  b.add("passage", passage, {.role = Role::id}).add("document", document);
  b.add("begin", std::move(begin)).add("end", std::move(end));
  b.add("context_bytes", std::move(context_bytes));
  b.add("day", std::move(day)).missing(std::move(dated)).add("text", written);
  return one(std::move(b).build());
}

const StepRegistration kRetrieveChunk{{
    .name = "retrieve.chunk",
    .sentence = "Cut documents into the passages that are indexed and handed to a reader.",
    .example = "retrieve.chunk { texts, cut = \"sentences\", words = 40, context = \"title\" }",
    .inputs = {{.name = "documents",
                .kind = Kind::frame,
                .sentence = "document, text, perhaps title, parent, day"}},
    .outputs = {{.name = "passages",
                 .kind = Kind::frame,
                 .sentence = "passage, document, begin, end, context_bytes, day, text"}},
    .parameters =
        {choice_parameter("cut", "sentences", {"whole", "tokens", "sentences"},
                          "whole documents, so many words, or whole sentences that fit into them"),
         integer_parameter("words", 40, 1, 1000000, "words of a passage, context not counted"),
         integer_parameter("overlap", 0, 0, 999999, "words that the next passage tells again"),
         choice_parameter("context", "none", {"none", "title", "title-and-parent"},
                          "what is put in front of a passage that does not say it itself"),
         number_parameter("before_day", 1e9, 0, 1e9,
                          "documents of this day and later are not indexed yet; undated ones are",
                          "days")},
    .run = run_retrieve_chunk,
}};

}  // namespace
}  // namespace rehearse::steps
