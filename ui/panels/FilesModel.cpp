// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/FilesModel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/mapping/MappingText.h"

#include <QApplication>

#include <cctype>

namespace meteorograph::ui {

namespace {

// More changed rows than these are told all at once: to sort them in one by one costs more.
constexpr std::size_t kFewChanges = 200;

bool same(const FileStatus &a, const FileStatus &b) {
  return a.id == b.id && a.state == b.state && a.size == b.size && a.offset == b.offset &&
         a.pending_bytes == b.pending_bytes && a.counts == b.counts && a.readings == b.readings &&
         a.late == b.late && a.path == b.path && a.format == b.format && a.error == b.error &&
         a.mapping == b.mapping;
}

/// A file's name below its folder's: what tells files apart in a list; the tip has the whole path.
QString shortPath(const std::string &path) {
  return QString::fromStdString(path).section(QLatin1Char('/'), -2);
}

QString takenText(const FileStatus &file) {
  return file.offset == file.size
             ? formatBytes(file.size)
             : FilesModel::tr("%1 of %2").arg(formatBytes(file.offset), formatBytes(file.size));
}

QVariant stateColour(FileState state) {
  const ChartTheme &theme = themeOf(QApplication::palette());
  switch (state) {
  case FileState::Reading:
    return theme.accent;
  case FileState::Following:
    return theme.ok;
  case FileState::Failed:
    return theme.bad;
  case FileState::Vanished:
  case FileState::Removed:
    return theme.warning;
  case FileState::Replaced:
  case FileState::Done:
    break;
  }
  return theme.dim;
}

std::int64_t numberOf(const FileStatus &file, int column) {
  switch (column) {
  case FilesModel::TakenColumn:
    return file.size;
  case FilesModel::RecordsColumn:
    return file.counts.records;
  case FilesModel::ReadingsColumn:
    return file.readings;
  case FilesModel::SkippedColumn:
    return file.counts.skipped;
  case FilesModel::QuarantinedColumn:
    return file.counts.quarantined;
  case FilesModel::LateColumn:
    return file.late;
  case FilesModel::PendingColumn:
    return file.pending_bytes;
  default:
    return -1;
  }
}

QString textOf(const FileStatus &file, int column) {
  switch (column) {
  case FilesModel::FileColumn:
    return shortPath(file.path);
  case FilesModel::StateColumn:
    return stateText(file.state);
  case FilesModel::FormatColumn:
    return QString::fromStdString(file.format);
  case FilesModel::MappingColumn:
    return mappingTitle(file.mapping);
  case FilesModel::TakenColumn:
    return takenText(file);
  case FilesModel::PendingColumn:
    return formatBytes(file.pending_bytes);
  case FilesModel::ErrorColumn:
    return QString::fromStdString(file.error);
  default:
    return formatCount(numberOf(file, column));
  }
}

QVariant colourOf(const FileStatus &file, int column) {
  const ChartTheme &theme = themeOf(QApplication::palette());
  if (column == FilesModel::StateColumn)
    return stateColour(file.state);
  if (column == FilesModel::ErrorColumn)
    return theme.bad;
  if (column == FilesModel::QuarantinedColumn && file.counts.quarantined > 0)
    return theme.warning;
  const bool nothing = column >= FilesModel::ReadingsColumn && numberOf(file, column) == 0;
  const bool quiet = file.state == FileState::Removed || file.state == FileState::Replaced || nothing;
  const bool about = column == FilesModel::FormatColumn || column == FilesModel::MappingColumn;
  return quiet || about ? theme.dim : theme.text;
}

bool holds(std::string_view text, const std::string &wanted) {
  const auto equal = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), equal) != text.end();
}

} // namespace

QString stateText(FileState state) {
  switch (state) {
  case FileState::Reading:
    return FilesModel::tr("reading");
  case FileState::Following:
    return FilesModel::tr("following");
  case FileState::Done:
    return FilesModel::tr("done");
  case FileState::Failed:
    return FilesModel::tr("failed");
  case FileState::Vanished:
    return FilesModel::tr("vanished");
  case FileState::Replaced:
    return FilesModel::tr("replaced");
  case FileState::Removed:
    return FilesModel::tr("removed");
  }
  return {};
}

void FilesModel::setFiles(const std::vector<FileStatus> &files) {
  const std::size_t common = std::min(files.size(), m_files.size());
  change(files, common);
  if (files.size() > common) {
    beginInsertRows({}, static_cast<int>(common), static_cast<int>(files.size()) - 1);
    m_files.insert(m_files.end(), files.begin() + static_cast<std::ptrdiff_t>(common), files.end());
    endInsertRows();
  } else if (m_files.size() > common) {
    beginRemoveRows({}, static_cast<int>(common), static_cast<int>(m_files.size()) - 1);
    m_files.resize(common);
    endRemoveRows();
  }
}

/// A file that comes between others moves all behind it: then the list is a new one.
void FilesModel::change(const std::vector<FileStatus> &files, std::size_t common) {
  std::vector<std::size_t> changed;
  bool moved = false;
  for (std::size_t i = 0; i < common; ++i) {
    if (same(files[i], m_files[i]))
      continue;
    moved = moved || files[i].id != m_files[i].id;
    changed.push_back(i);
  }
  if (moved) {
    beginResetModel();
    m_files = files;
    endResetModel();
    return;
  }
  if (changed.size() > kFewChanges)
    Q_EMIT layoutAboutToBeChanged();
  for (const std::size_t i : changed)
    m_files[i] = files[i];
  if (changed.size() > kFewChanges) {
    Q_EMIT layoutChanged();
    return;
  }
  for (const std::size_t i : changed)
    Q_EMIT dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), ColumnCount - 1));
}

int FilesModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

int FilesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant FilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  const bool number = section >= ReadingsColumn && section <= PendingColumn;
  if (role == Qt::TextAlignmentRole)
    return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole)
    return {};
  const QStringList titles = {tr("File"),     tr("State"),    tr("Recognised as"), tr("Mapping"),
                              tr("Readings"), tr("Records"),  tr("Skipped"),       tr("Quarantined"),
                              tr("Late"),     tr("Taken in"), tr("Pending"),       tr("Error")};
  return titles.value(section);
}

QVariant FilesModel::data(const QModelIndex &index, int role) const {
  const FileStatus &file = m_files[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  if (role == Qt::DisplayRole)
    return textOf(file, column);
  if (role == Qt::ToolTipRole)
    return column == FileColumn ? QString::fromStdString(file.path) : textOf(file, column);
  if (role == Qt::ForegroundRole)
    return colourOf(file, column);
  if (role == Qt::TextAlignmentRole && column >= ReadingsColumn && column <= PendingColumn)
    return int(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

void FilesProxy::setText(const QString &text) {
  m_text = text.trimmed().toLower().toStdString();
  invalidateFilter();
}

bool FilesProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const {
  const FileStatus &a = files().file(left.row());
  const FileStatus &b = files().file(right.row());
  const int column = left.column();
  if (column == FilesModel::FileColumn)
    return a.path < b.path;
  if (column >= FilesModel::ReadingsColumn && column <= FilesModel::PendingColumn)
    return numberOf(a, column) < numberOf(b, column);
  if (column == FilesModel::StateColumn)
    return a.state < b.state;
  if (column == FilesModel::FormatColumn)
    return a.format < b.format;
  return column == FilesModel::ErrorColumn ? a.error < b.error : a.mapping.name < b.mapping.name;
}

bool FilesProxy::filterAcceptsRow(int row, const QModelIndex &) const {
  if (m_text.empty())
    return true;
  const FileStatus &file = files().file(row);
  return holds(file.path, m_text) || holds(file.format, m_text) || holds(file.error, m_text) ||
         holds(stateText(file.state).toStdString(), m_text) ||
         holds(mappingTitle(file.mapping).toStdString(), m_text);
}

} // namespace meteorograph::ui
