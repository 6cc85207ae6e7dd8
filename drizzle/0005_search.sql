-- Trusted: whoever owns the database may have it.
create extension if not exists pg_trgm;
--> statement-breakpoint
CREATE TABLE "search_rooms" (
	"room_id" uuid PRIMARY KEY NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_rows" (
	"room_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_rows_room_id_seq_pk" PRIMARY KEY("room_id","seq")
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"spelling" text NOT NULL,
	"chats" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_rows_at" ON "search_rows" USING btree ("at","room_id","seq");--> statement-breakpoint
CREATE INDEX "search_rows_words" ON "search_rows" USING gin ("words") WITH (fastupdate=off);--> statement-breakpoint
CREATE INDEX "search_words_spelling" ON "search_words" USING gin ("spelling" gin_trgm_ops) WHERE word >= '0' and length(word) > 2;--> statement-breakpoint
-- Counts change all the time, and nothing is indexed by them: the next version finds room on its page.
alter table search_words set (fillfactor = 70);--> statement-breakpoint
-- No plan is left to what the planner knows of the words: a search knows how often each stands in the
-- index (src/search/plan.ts). Gathering it would read all of them again and again.
alter table search_rows alter column words set statistics 0;
