// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/file_session.hpp"

#include <QFileInfo>
#include <QtConcurrent>

#include "app/present/paced_progress.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/read.hpp"

namespace rehearse::present {
namespace {

QString noteOf(const ReadReport& report) {
  if (report.skipped == 0) return {};
  return QObject::tr("%1 rows could not be read and are left out; the first: %2")
      .arg(report.skipped)
      .arg(qs(report.first_skipped));
}

std::string firstValue(const Column& column) {
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.missing(row)) return column.cell(row);
  return {};
}

}  // namespace

FileSession::FileSession(QObject* parent) : QObject(parent) {
  connect(&m_reader, &QFutureWatcherBase::finished, this, &FileSession::wasRead);
  connect(&m_worker, &QFutureWatcherBase::finished, this, &FileSession::wasAnswered);
}

FileSession::~FileSession() {
  m_stop.request_stop();
  m_reader.waitForFinished();
  m_worker.waitForFinished();
}

QStringList FileSession::endings() { return {"csv", "tsv", "jsonl", "ndjson"}; }

QString FileSession::name() const { return QFileInfo(m_path).fileName(); }
QString FileSession::otherName() const { return QFileInfo(m_otherPath).fileName(); }

void FileSession::open(const QString& path, bool skipBad) { read(path, false, skipBad); }
void FileSession::openOther(const QString& path) { read(path, true, false); }

Progress FileSession::progress() {
  m_stop = std::stop_source();
  return pacedProgress(this, m_stop.get_token(),
                       [this](double fraction) { emit progressed(fraction); });
}

void FileSession::read(const QString& path, bool other, bool skipBad) {
  if (busy()) return emit failed(tr("Something is still under way: stop it first."), false);
  emit started(tr("reading %1").arg(QFileInfo(path).fileName()));
  m_reader.setFuture(QtConcurrent::run([path, other, skipBad, progress = progress()] {
    ReadOptions options;
    options.skip_bad = skipBad;
    auto table = read_table(path.toStdString(), options, progress);
    if (!table) return std::make_shared<Read>(Read{path, other, skipBad, {}, fail(table.error())});
    return std::make_shared<Read>(
        Read{path, other, skipBad, noteOf(*table), std::move(table->frame)});
  }));
}

void FileSession::wasRead() {
  const std::shared_ptr<Read> read = m_reader.result();
  if (!read->table) {
    const Error& error = read->table.error();
    if (error.code == Code::cancelled) return emit stopped();
    // Without bad rows it may do, unless it cannot be opened at all.
    return emit failed(qs(error.message),
                       error.code == Code::bad_data && !read->skipped && !read->other);
  }
  if (read->other) {
    m_otherPath = read->path;
    m_other = std::move(*read->table);
    return emit otherOpened();
  }
  m_path = read->path;
  m_note = read->note;
  m_table = std::move(*read->table);
  m_answer.reset();
  emit opened();
}

Frame FileSession::columns() const {
  std::vector<std::string> names, types, examples;
  std::vector<std::int64_t> missing;
  for (std::size_t c = 0; c < m_table->columns(); ++c) {
    const Column& column = m_table->column(c);
    names.push_back(column.name());
    types.emplace_back(column.type() == Type::dictionary ? "text"
                       : column.type() == Type::time     ? "time"
                                                         : "number");
    missing.push_back(static_cast<std::int64_t>(column.missing_count()));
    examples.push_back(firstValue(column));
  }
  Frame::Builder builder;
  builder.add("column", names).add("first_value", examples).add("type", types);
  builder.add("missing", std::move(missing));
  return std::move(builder).build().value_or(Frame());
}

std::map<std::string, std::string> FileSession::guesses(const analysis::Analysis& analysis) const {
  return analysis::guessed(analysis, *m_table, other());
}

void FileSession::ask(const analysis::Analysis& analysis,
                      std::map<std::string, std::string> values) {
  if (!m_table || busy()) return;
  emit started(tr("answering"));
  analysis::Question question{name().toStdString(), *m_table,  otherName().toStdString(), other(),
                              std::move(values),    progress()};
  m_worker.setFuture(QtConcurrent::run([analysis, question = std::move(question)] {
    return std::make_shared<Result<Document>>(analysis::answer(analysis, question));
  }));
}

void FileSession::wasAnswered() {
  const auto result = m_worker.result();
  if (*result) {
    m_answer = std::move(**result);
    return emit answered();
  }
  if (result->error().code == Code::cancelled) return emit stopped();
  emit failed(qs(result->error().message), false);
}

void FileSession::stop() { m_stop.request_stop(); }

}  // namespace rehearse::present
