// SPDX-License-Identifier: GPL-3.0-or-later
//
// FileSession: a file of the user's own, what can be asked of it, and the answer. Reading and
// answering are done on a worker thread and can be stopped; nothing of it leaves the machine. Lives
// in the GUI thread.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/analysis/analysis.hpp"

namespace rehearse::present {

class FileSession : public QObject {
  Q_OBJECT

 public:
  explicit FileSession(QObject* parent = nullptr);
  ~FileSession() override;

  // Endings that are read; any other is tried as CSV.
  static QStringList endings();

  // Reads the file; the one before goes when the new one is there. `skipBad` leaves out rows that
  // cannot be read, and note() counts them.
  void open(const QString& path, bool skipBad = false);
  // The second file of an analysis that compares two.
  void openOther(const QString& path);

  bool isOpen() const { return m_table.has_value(); }
  QString path() const { return m_path; }
  QString name() const;
  QString otherName() const;
  const Frame& table() const { return *m_table; }
  // How many rows were left out, and why the first; empty where none.
  QString note() const { return m_note; }
  // A row a column: its name, the first value there is, its type, and its rows without a value.
  Frame columns() const;

  // The values that names of columns suggest.
  // The second file; without columns where there is none.
  Frame other() const { return m_other.value_or(Frame()); }
  std::map<std::string, std::string> guesses(const analysis::Analysis& analysis) const;
  void ask(const analysis::Analysis& analysis, std::map<std::string, std::string> values);
  void stop();
  bool busy() const { return m_reader.isRunning() || m_worker.isRunning(); }
  // The last answer; null before the first, and once another file is open.
  const Document* answer() const { return m_answer ? &*m_answer : nullptr; }

 signals:
  void started(const QString& what);
  void progressed(double fraction);
  void opened();
  void otherOpened();
  void answered();
  void stopped();
  // `badRow`: the file can be opened without the rows that cannot be read.
  void failed(const QString& message, bool badRow);

 private:
  struct Read {
    QString path;
    bool other = false, skipped = false;
    QString note;
    Result<Frame> table;
  };
  void read(const QString& path, bool other, bool skipBad);
  void wasRead();
  void wasAnswered();
  Progress progress();

  QString m_path, m_otherPath, m_note;
  std::optional<Frame> m_table, m_other;
  std::optional<Document> m_answer;
  std::stop_source m_stop;
  QFutureWatcher<std::shared_ptr<Read>> m_reader;
  QFutureWatcher<std::shared_ptr<Result<Document>>> m_worker;
};

}  // namespace rehearse::present
